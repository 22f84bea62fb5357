using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;

namespace GnMlNet.Cli.Tracing;

/// <summary>What <c>gnml trace</c> was asked for.</summary>
internal sealed record TraceSettings
{
    /// <summary>The CSV file, or null for California Housing.</summary>
    public string? DataPath { get; init; }

    /// <summary>The label of <see cref="DataPath"/>.</summary>
    public string? Label { get; init; }

    /// <summary>The features of <see cref="DataPath"/>, or null for all other columns.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>How many rows to draw, or null for all.</summary>
    public int? Rows { get; init; }

    /// <summary>The seed of that draw.</summary>
    public int SubsetSeed { get; init; }

    public required int HiddenUnits { get; init; }

    public required Activation Activation { get; init; }

    public required int Seed { get; init; }

    public required int Threads { get; init; }

    /// <summary>The paper's flow, or null for training.</summary>
    public FlowOptions? Flow { get; init; }

    /// <summary>With a flow: whether to start anti-symmetrically.</summary>
    public bool AntiSymmetric { get; init; }

    /// <summary>Without a flow.</summary>
    public required int Iterations { get; init; }

    /// <summary>Without a flow.</summary>
    public required double Penalty { get; init; }

    /// <summary>Training: whether the penalty adapts by evidence.</summary>
    public bool AdaptPenalty { get; init; }

    /// <summary>Whether condition and effective rank are found at every step.</summary>
    public bool WithSpectrum { get; init; }

    /// <summary>The folder to write to.</summary>
    public required string Folder { get; init; }
}
