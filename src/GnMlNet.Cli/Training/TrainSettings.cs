using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Networks;

namespace GnMlNet.Cli.Training;

/// <summary>What the command line of <c>gnml train</c> asks for.</summary>
internal sealed record TrainSettings
{
    /// <summary>The CSV file; null means California Housing.</summary>
    internal string? DataPath { get; init; }

    internal string? Label { get; init; }

    /// <summary>The feature columns; null means all but the label.</summary>
    internal IReadOnlyList<string>? Features { get; init; }

    internal double TestFraction { get; init; }

    internal int Seed { get; init; }

    internal int Ensemble { get; init; }

    internal IntervalKind Intervals { get; init; }

    internal double IntervalLevel { get; init; }

    internal int? HiddenUnits { get; init; }

    internal Activation Activation { get; init; } = Activation.Tanh;

    internal double? Penalty { get; init; }

    internal int? Iterations { get; init; }

    internal int Starts { get; init; }

    internal double ValidationFraction { get; init; }

    internal int? Threads { get; init; }

    internal bool WithBaselines { get; init; }

    internal required string ModelPath { get; init; }

    /// <summary>Where to write the page about the model; null for nowhere.</summary>
    internal string? PagePath { get; init; }
}
