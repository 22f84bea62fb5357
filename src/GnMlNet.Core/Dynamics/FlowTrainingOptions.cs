using GnMlNet.Core.Training;

namespace GnMlNet.Core.Dynamics;

/// <summary>Everything that can be chosen about training a network by the paper's dynamics.</summary>
public sealed record FlowTrainingOptions
{
    // That of the paper's experiment.
    private const int DefaultHiddenUnits = 18;

    /// <summary>Size, seed, threads and memory; 18 hidden units where no number is given, an even number with <see cref="AntiSymmetric"/>.</summary>
    public RunOptions Run { get; init; } = new();

    /// <summary>Whether the second half of the units starts as the first with opposite signs (Remark 4); then the damping rho must be positive.</summary>
    public bool AntiSymmetric { get; init; }

    /// <summary>The dynamics.</summary>
    public FlowOptions Flow { get; init; } = new();

    /// <summary>m.</summary>
    internal int HiddenUnits => Run.HiddenUnits ?? DefaultHiddenUnits;
}
