using GnMlNet.Cluster.Costs;

namespace GnMlNet.Cli.Clustering;

/// <summary>What <c>gnml cluster plan</c> predicts.</summary>
/// <param name="Task">What is trained.</param>
/// <param name="Rates">What machines and wires do.</param>
/// <param name="Cores">The cores of a machine.</param>
/// <param name="Threads">How many members take their steps at the same time.</param>
/// <param name="Alone">Without a cluster.</param>
/// <param name="Clusters">With so many silos.</param>
/// <param name="Limit">Where adding silos stops to pay, with the better way for every number.</param>
/// <param name="RowsLimit">Where it does for silos that pass over the rows together.</param>
/// <param name="MembersLimit">Where it does for silos that train members.</param>
internal sealed record ClusterPlanResult(
    TrainingTask Task, ClusterRates Rates, double Cores, int Threads, TrainingCost Alone, IReadOnlyList<ClusterPlanResult.Line> Clusters, ClusterPlanResult.End Limit, ClusterPlanResult.End RowsLimit, ClusterPlanResult.End MembersLimit)
{
    /// <summary>A number of silos.</summary>
    /// <param name="Silos">How many.</param>
    /// <param name="ByRows">Where they pass over the rows together.</param>
    /// <param name="ByMembers">Where each trains members.</param>
    /// <param name="Better">What takes less time.</param>
    internal sealed record Line(int Silos, TrainingCost ByRows, TrainingCost ByMembers, Spread Better);

    /// <summary>Where it ends.</summary>
    /// <param name="PaysUpTo">From this number on doubling it never saves a tenth of the time.</param>
    /// <param name="Fastest">The number that takes the least time.</param>
    internal sealed record End(int PaysUpTo, int Fastest);
}
