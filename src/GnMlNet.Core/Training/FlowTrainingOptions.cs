using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Training;

/// <summary>Everything that can be chosen about training a network by the paper's dynamics.</summary>
public sealed record FlowTrainingOptions
{
    /// <summary>m, the number of hidden units; at least 1, and even with <see cref="AntiSymmetric"/>. The default is that of the paper's experiment.</summary>
    public int HiddenUnits { get; init; } = 18;

    /// <summary>sigma, the activation of the hidden units.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Whether the second half of the units starts as the first with opposite signs (Remark 4); then the damping rho must be positive.</summary>
    public bool AntiSymmetric { get; init; }

    /// <summary>The dynamics.</summary>
    public FlowOptions Flow { get; init; } = new();

    /// <summary>The seed of signs and initial weights.</summary>
    public int Seed { get; init; }

    /// <summary>How many threads may work at once; at least 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The most memory, in bytes, that training may ask for; at least 1.</summary>
    public long MemoryLimit { get; init; } = TrainingOptions.Defaults.MemoryLimit;
}
