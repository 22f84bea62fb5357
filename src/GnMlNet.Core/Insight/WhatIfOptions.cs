namespace GnMlNet.Core.Insight;

/// <summary>How a smallest change is looked for.</summary>
public sealed record WhatIfOptions
{
    /// <summary>How far a score may be from the target to have reached it, in standard deviations of the scores of the rows; positive.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The share of the rows that are to be within the limit on how unusual a row may be; in (0, 1].</summary>
    public double UsualShare { get; init; } = 0.99;

    /// <summary>How many rows are predicted, at most, to know how scores vary and to find rows to start from; at least 2. Of more, as many that are spread evenly over them in their sorted order.</summary>
    public int Rows { get; init; } = 1000;

    /// <summary>From how many rows the search starts besides from the row itself: those that are at or beyond the target and need the least change; at least 0.</summary>
    public int Starts { get; init; } = 5;

    /// <summary>Steps from each start, at most; at least 1.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option, which the exception names, is out of its range.</exception>
    public void Validate()
    {
        if (!(Tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be positive.");
        if (!(UsualShare is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(UsualShare), UsualShare, "The share of usual rows must be above 0 and at most 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Rows, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(Starts);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
    }
}
