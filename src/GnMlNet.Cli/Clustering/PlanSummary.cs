using GnMlNet.Cli.Output;
using GnMlNet.Cluster.Costs;
using Spectre.Console;

namespace GnMlNet.Cli.Clustering;

/// <summary>The predictions of <c>gnml cluster plan</c> for people at a terminal.</summary>
internal static class PlanSummary
{
    internal static void Write(IAnsiConsole console, ClusterPlanResult plan)
    {
        TrainingTask task = plan.Task;
        console.WriteLine(Invariant($"{task.Rows:N0} rows of {task.Inputs} inputs in {task.Parts:N0} parts, {task.Members} networks of {task.HiddenUnits} hidden units ({task.Parameters:N0} parameters each); {task.HeldIterations} iterations on {task.HeldRows:N0} rows in memory, {task.Iterations} on all."));
        console.WriteLine($"Without a cluster it would take {Duration(plan.Alone.Whole.Seconds)}.");
        Write(console, plan, "The rows are spread", line => line.ByRows, Spread.Rows);
        Write(console, plan, "The networks are spread", line => line.ByMembers, Spread.Members);
        console.WriteLine("Seconds of the whole training, by what they go to. A star: the better way with so many silos.");
        Write(console, plan, "By rows", plan.RowsLimit);
        Write(console, plan, "By networks", plan.MembersLimit);
        Write(console, plan, "By the better way", plan.Limit);
    }

    private static void Write(IAnsiConsole console, ClusterPlanResult plan, string title, Func<ClusterPlanResult.Line, TrainingCost> of, Spread spread)
    {
        Table table = Cells.Table([], ["Silos", "Training", "Iteration s", "Passing s", "Sending s", "Calling s", "Solving s"]).Title(title);
        foreach (ClusterPlanResult.Line line in plan.Clusters)
        {
            TrainingCost cost = of(line);
            table.AddRow(
                Invariant($"{line.Silos:N0}{(line.Better == spread ? "*" : " ")}"), Duration(cost.Whole.Seconds), Short(cost.Iteration.Seconds), Short(cost.Whole.Passing), Short(cost.Whole.Sending), Short(cost.Whole.Calling), Short(cost.Whole.Solving));
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, ClusterPlanResult plan, string way, ClusterPlanResult.End limit) => console.WriteLine(
        limit.PaysUpTo == plan.Clusters[^1].Silos
            ? Invariant($"{way} adding silos pays up to {limit.PaysUpTo:N0} and beyond.")
            : Invariant($"{way} adding silos pays up to {limit.PaysUpTo:N0}: from there on doubling them never saves a tenth of the time. {limit.Fastest:N0} take the least."));

    private static string Short(double seconds) => seconds.ToString(seconds is >= 0.01 and < 10 ? "0.00" : seconds < 1000 ? "0.0" : "#,0", System.Globalization.CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => seconds switch
    {
        < 120 => Invariant($"{seconds:0.0} s"),
        < 7200 => Invariant($"{seconds / 60:0.0} min"),
        < 172_800 => Invariant($"{seconds / 3600:0.0} h"),
        _ => Invariant($"{seconds / 86_400:0.0} d"),
    };
}
