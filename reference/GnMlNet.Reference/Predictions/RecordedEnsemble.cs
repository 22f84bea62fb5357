namespace GnMlNet.Reference.Predictions;

/// <summary>How an ensemble makes a score and an interval of the values of its members, as plain numbers. Doubles are exact numbers.</summary>
public sealed record RecordedEnsemble
{
    /// <summary>How many of the members are networks; they come first, the others are of the kernel block.</summary>
    public required int Networks { get; init; }

    /// <summary>w, the weight of the kernel block, in [0, 1].</summary>
    public required double KernelWeight { get; init; }

    /// <summary>Whether each kind has a plain mean in place of a winsorized one.</summary>
    public bool HasPlainMeans { get; init; }

    /// <summary>The mean of the label.</summary>
    public required double LabelMean { get; init; }

    /// <summary>Its standard deviation.</summary>
    public required double LabelDeviation { get; init; }

    /// <summary>The least standardized label that a member may predict.</summary>
    public required double RangeLeast { get; init; }

    /// <summary>The greatest one.</summary>
    public required double RangeGreatest { get; init; }

    /// <summary>The least label that there can be; minus infinity where nothing is known.</summary>
    public double LowerBound { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest one; infinity where nothing is known.</summary>
    public double UpperBound { get; init; } = double.PositiveInfinity;

    /// <summary>How wide intervals are, or null where there are none.</summary>
    public RecordedIntervals? Intervals { get; init; }
}
