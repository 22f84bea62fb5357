namespace GnMlNet.Core.Insight;

/// <summary>How much work effects are computed with.</summary>
public sealed record EffectOptions
{
    /// <summary>Rows that curves are means over, at most; at least 2. Of more, as many that are spread evenly over them in their sorted order. The work grows with their square where members tell how uncertain they are.</summary>
    public int Rows { get; init; } = 200;

    /// <summary>Steps of a grid of quantiles, at most; at least 1. A column of no more different numbers has a place for each.</summary>
    public int GridSteps { get; init; } = 20;

    /// <summary>Rows, of those, that interactions are measured and drawn with, at most; at least 2. The work grows with their square.</summary>
    public int InteractionRows { get; init; } = 40;

    /// <summary>How many of the strongest columns are looked at in pairs; 0 or 1 for no pairs.</summary>
    public int InteractionColumns { get; init; } = 6;

    /// <summary>For how many pairs, the strongest, a surface is computed; at least 0.</summary>
    public int Pairs { get; init; } = 3;

    /// <summary>Steps of a grid of quantiles of a pair, at most; at least 1.</summary>
    public int PairGridSteps { get; init; } = 10;

    /// <summary>The association with another column from which accumulated local effects are recommended; in [0, 1].</summary>
    public double AssociationLimit { get; init; } = 0.5;

    /// <summary>Throws when an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option, which the exception names, is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(GridSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(InteractionRows, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(InteractionColumns);
        ArgumentOutOfRangeException.ThrowIfNegative(Pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(PairGridSteps, 1);
        if (!(AssociationLimit is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(AssociationLimit), AssociationLimit, "The limit of the association must be from 0 to 1.");
    }
}
