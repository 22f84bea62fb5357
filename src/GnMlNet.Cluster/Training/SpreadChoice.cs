using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Ensembles;

namespace GnMlNet.Cluster.Training;

/// <summary>What of a training is spread over the silos of a cluster.</summary>
/// <param name="Spread">What; null where this process trains by itself.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record SpreadChoice(Spread? Spread, string Reason)
{
    // Of many iterations most are with the few rows that training begins with; docs/cluster.md has the model.
    private const int ShareOfHeldIterations = 3, ShareOfIterations = 10;

    /// <summary>Of a table that is held in memory: its members, where its rows are few enough bytes to go to every silo.</summary>
    /// <exception cref="ClusterException">What was asked for cannot be spread.</exception>
    internal static SpreadChoice OfHeld(MemberTable table, Spread? asked)
    {
        if (asked == Costs.Spread.Rows) throw new ClusterException(FormattableString.Invariant($"Rows are spread from {EnsembleTraining.LeastStreamedRows:N0} on, where nothing asks for all of them in memory; spread members, or leave the choice."));
        if (table.StateBytes <= Job.MostRequestBytes) return new SpreadChoice(Costs.Spread.Members, asked is null ? "the table is held in memory" : "as asked");
        string refusal = FormattableString.Invariant($"the table has {table.StateBytes / (1 << 20):N0} MiB, and at most {Job.MostRequestBytes >> 20} go to a silo");
        return asked is null ? new SpreadChoice(null, refusal) : throw new ClusterException($"Members cannot be spread: {refusal}.");
    }

    /// <summary>Of a large table: whichever is predicted to take less time.</summary>
    /// <param name="table">What members are trained on.</param>
    /// <param name="rows">n.</param>
    /// <param name="cores">The cores of every silo.</param>
    /// <param name="asked">What is to be spread; null where that is open.</param>
    internal static SpreadChoice OfLarge(MemberTable table, long rows, IReadOnlyList<double> cores, Spread? asked)
    {
        int iterations = table.Options.MaximumIterations;
        var task = new TrainingTask
        {
            Rows = rows,
            Inputs = table.Data.InputSize,
            HiddenUnits = table.Options.Run.HiddenUnits!.Value,
            Members = table.Members,
            HeldIterations = iterations / ShareOfHeldIterations,
            Iterations = Math.Max(1, iterations / ShareOfIterations),
        };
        var size = new ClusterSize { Silos = cores.Count, Cores = cores.Average(), CoordinatorCores = Environment.ProcessorCount, Threads = table.Options.Run.Threads };
        var rates = new ClusterRates();
        TrainingCost byRows = TrainingCost.Of(task, rates, size, Costs.Spread.Rows), byMembers = TrainingCost.Of(task, rates, size, Costs.Spread.Members);
        Spread chosen = asked ?? TrainingCost.Least(task, rates, size).Spread;
        string prediction = FormattableString.Invariant($"predicted {byRows.Iteration.Seconds:0.000} s an iteration by rows, {byMembers.Iteration.Seconds:0.000} s by members");
        return new SpreadChoice(chosen, asked is null ? prediction : $"as asked; {prediction}");
    }
}
