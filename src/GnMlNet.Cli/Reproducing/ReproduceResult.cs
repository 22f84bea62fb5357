using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Reproducing;

/// <summary>All that <c>gnml reproduce</c> computed.</summary>
internal sealed record ReproduceResult(
    ReproduceSettings Settings,
    FlowTable Table,
    IReadOnlyList<ScaledFlow> Flows,
    IReadOnlyList<SubsetLosses> Subsets,
    OverparameterizedExperiment Overparameterized,
    TheoremFiveCheck TheoremFive,
    TimeSpan Elapsed)
{
    /// <summary>The flows that the order of the losses is about: alpha of at least 1.</summary>
    internal IReadOnlyList<ScaledFlow> LargeScales => [.. Flows.Where(flow => flow.ScalingFactor >= 1)];

    /// <summary>The others, which collapse.</summary>
    internal IReadOnlyList<ScaledFlow> SmallScales => [.. Flows.Where(flow => flow.ScalingFactor < 1)];
}
