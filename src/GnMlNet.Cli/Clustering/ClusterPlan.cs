using GnMlNet.Cluster.Costs;

namespace GnMlNet.Cli.Clustering;

/// <summary>The predictions for a training on clusters of many sizes.</summary>
/// <param name="task">What is trained.</param>
/// <param name="rates">What machines and wires do.</param>
/// <param name="machines">What the machines have.</param>
/// <param name="most">The greatest number of silos.</param>
internal sealed class ClusterPlan(TrainingTask task, ClusterRates rates, ClusterSize machines, int most)
{
    /// <summary>For other rows.</summary>
    internal ClusterPlan With(long rows) => new(task with { Rows = rows }, rates, machines, most);

    /// <summary>What is trained.</summary>
    internal TrainingTask Task => task;

    /// <summary>1, 2, 4 and so on, up to the greatest number.</summary>
    internal IEnumerable<int> Silos => Enumerable.Range(0, 31).Select(power => 1 << power).TakeWhile(silos => silos < most).Append(most);

    /// <summary>By whichever way takes less time with so many silos.</summary>
    internal Scaling Best { get; } = new(task, rates, machines);

    /// <summary>Everything.</summary>
    internal ClusterPlanResult Result()
    {
        Scaling rows = new(task, rates, machines, Spread.Rows), members = new(task, rates, machines, Spread.Members);
        return new ClusterPlanResult(
            task,
            rates,
            machines.Cores,
            machines.Threads,
            Best.With(0),
            [.. Silos.Select(silos => new ClusterPlanResult.Line(silos, rows.With(silos), members.With(silos), Best.With(silos).Spread))],
            EndOf(Best),
            EndOf(rows),
            EndOf(members));
    }

    private ClusterPlanResult.End EndOf(Scaling scaling) => new(scaling.PaysUpTo(most), scaling.Fastest(most));
}
