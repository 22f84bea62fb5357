using GnMlNet.Cli.Output;
using Spectre.Console;

namespace GnMlNet.Cli.Reproducing;

/// <summary>The figures of a reproduction for people at a terminal and for programs.</summary>
internal static class ReproduceSummary
{
    internal static void Write(IAnsiConsole console, ReproduceResult result)
    {
        ReproduceSettings settings = result.Settings;
        console.WriteLine(Invariant($"California Housing, {settings.Rows} rows (subset seed {settings.SubsetSeed}), {settings.HiddenUnits} hidden units, {settings.HiddenUnits * result.Table.Rows.InputSize} weights, loss at the start {result.Flows[0].GaussNewton.Points[0].Loss:0.00}."));
        Table table = Cells.Table([], ["α", "Loss at the end", "Gradient flow", "Beats it from t", "|w − w₀|", "|P grad g|", "Loss rises", "Rank lost at t"]);
        foreach (ScaledFlow flow in result.Flows)
        {
            Core.Dynamics.FlowPoint end = flow.GaussNewton.Points[^1];
            table.AddRow(
                ReproduceFigures.Name(flow.ScalingFactor),
                Invariant($"{flow.FinalLoss:0.00}"),
                Invariant($"{flow.GradientFlow.Points[^1].Loss:0.00}"),
                Text(flow.TimeToBeatGradientFlow, "0.00"),
                Invariant($"{end.Distance:0.00E+0}"),
                Invariant($"{end.RiemannianGradientNorm:0.0E+0}"),
                Invariant($"{flow.LossRises}"),
                Cells.OrDash(flow.GaussNewton.RankLossTime, "0.00"));
        }

        console.Write(table);
        if (result.Subsets.Count > 0 && result.LargeScales.Count > 1)
            console.WriteLine($"A larger α ends at a larger loss in {result.Subsets.Count(subset => subset.IsOrdered)} of {result.Subsets.Count} subsets.");
        console.WriteLine(Invariant($"Written to {Path.GetFullPath(settings.Folder)} in {result.Elapsed.TotalSeconds:0.0} s; begin with {ReproduceFiles.Report}."));
    }

    internal static object ToJson(ReproduceResult result) => new
    {
        result.Settings.Rows,
        result.Settings.HiddenUnits,
        result.Settings.Seed,
        result.Settings.SubsetSeed,
        flows = result.Flows.Select(flow => new
        {
            alpha = flow.ScalingFactor,
            loss = flow.FinalLoss,
            gradientFlowLoss = flow.GradientFlow.Points[^1].Loss,
            gradientFlowSteps = flow.GradientFlow.Points[^1].Steps,
            flow.TimeToBeatGradientFlow,
            flow.LossRises,
            rankLossTime = flow.GaussNewton.RankLossTime,
            smallestEigenvalue = flow.GaussNewton.Points.Min(point => point.SmallestEigenvalue),
            bestInClass = flow.BestInClass.Loss,
            flow.GradientDecayRate,
        }),
        subsets = result.Subsets.Select(subset => new { subset.SubsetSeed, subset.Losses, subset.RankLossTimes, subset.IsOrdered }),
        overparameterized = new
        {
            result.Overparameterized.Rows,
            result.Overparameterized.SmallestEigenvalue,
            result.Overparameterized.LargestEigenvalue,
            flows = result.Overparameterized.Flows.Select(flow => new { rho = flow.Options.Damping, loss = flow.Points[^1].Loss }),
        },
        theoremFive = new { alpha = result.TheoremFive.PrintedAlpha, result.TheoremFive.BallRadius, result.TheoremFive.GradientNorm, result.TheoremFive.GradientVariations },
        seconds = result.Elapsed.TotalSeconds,
    };

    private static string Text(double value, string format) => double.IsFinite(value) ? value.ToString(format, System.Globalization.CultureInfo.InvariantCulture) : "never";
}
