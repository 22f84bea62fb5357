using System.CommandLine;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Output;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Training;
using Microsoft.ML;
using Spectre.Console;
using static System.FormattableString;

namespace GnMlNet.Cli.Inspecting;

/// <summary><c>gnml info</c>: what is in a saved model.</summary>
internal static class InfoCommand
{
    // Lines of the table of iterations, spread over the whole run.
    private const int ShownIterations = 12;
    private const int ShownFeatures = 30;

    internal static Command Create(IAnsiConsole console, TextWriter output)
    {
        Argument<string> model = SharedOptions.Model();
        Option<bool> json = SharedOptions.Json("everything");
        var command = new Command("info", "Show what is in a saved model and how its training went.") { model, json };
        command.SetAction(parsed => Run(console, output, parsed.GetValue(model)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(IAnsiConsole console, TextWriter output, string path, bool json)
    {
        SavedModel model = SavedModel.Load(path);
        if (json) Json.Write(output, ToJson(model));
        else Write(console, path, model);
        return ExitCode.Success;
    }

    private static object ToJson(SavedModel model) => new
    {
        columns = model.InputSchema.Select(column => new { column.Name, type = column.Type.ToString() }),
        pipeline = model.Steps.Select(StepName),
        network = ModelSummary.ToJson(model.Network, model.FeatureNames),
    };

    private static void Write(IAnsiConsole console, string path, SavedModel model)
    {
        GaussNewtonRegressionModelParameters network = model.Network;
        Grid facts = new Grid().AddColumn().AddColumn();
        void Fact(string name, FormattableString value) => facts.AddRow($"[bold]{name}[/]", Markup.Escape(Invariant(value)));
        Fact("Model", $"{path}");
        Fact("Columns", $"{string.Join(", ", model.InputSchema.Select(column => $"{column.Name} ({column.Type})"))}");
        Fact("Pipeline", $"{string.Join(" > ", model.Steps.Select(StepName))}");
        Fact("Label", $"{network.LabelColumnName}");
        Fact("Network", $"{ModelSummary.Describe(network)}");
        if (network.Ensemble is { } ensemble) WriteEnsemble(ensemble, Fact);
        if (network.Trajectory is { } flow)
            Fact("Flow", $"α = {flow.Options.ScalingFactor}, ρ = {flow.Options.Damping}, {flow.Options.Scheme}; ended at t = {flow.EndTime} by {flow.End}{(flow.RankLossTime is { } lost ? Invariant($", rank lost at t = {lost}") : "")}");
        else
            Fact("Training", $"{network.TrainingHistory.Count - 1} iterations, weights of iteration {network.BestIteration}; ended by {network.Termination}");
        Fact("Step", $"{network.StepForm}");
        console.Write(facts);
        if (network.Ensemble is { } networks) console.Write(Relevance(networks, model.FeatureNames));
        console.Write(network.Trajectory is null ? History(network.TrainingHistory) : Points(network.Trajectory.Points));
    }

    private static void WriteEnsemble(NetworkEnsemble ensemble, Action<string, FormattableString> fact)
    {
        Evidence[] evidence = [.. ensemble.Members.OfType<NetworkMember>().Select(member => member.Evidence).OfType<Evidence>()];
        if (evidence.Length > 0)
        {
            fact("Noise", $"standard deviation {ensemble.Label.Deviation * Math.Sqrt(evidence.Average(at => 1 / at.NoisePrecision)):G4} of the label (b = {evidence.Average(at => at.NoisePrecision):G4}, mean over the networks)");
            fact("Effective", $"γ = {evidence.Average(at => at.TotalEffectiveParameters):0.0} parameters of each network are determined by the rows");
        }

        if (ensemble.Intervals is { } intervals) fact("Intervals", $"level {intervals.Level}, calibrated on {(intervals.Kind == IntervalKind.Ensemble ? "the ensemble's error" : "the rows that networks left out")}");
    }

    /// <summary>The features, the most relevant first.</summary>
    private static Table Relevance(NetworkEnsemble ensemble, IReadOnlyList<string> names)
    {
        Table table = new Table().RoundedBorder().Title("Relevance: how strongly predictions depend on a feature").AddColumn("Feature").AddColumn(new TableColumn("Relevance").RightAligned());
        foreach ((int k, double relevance) in ensemble.Relevance.Index().OrderByDescending(at => at.Item).Take(ShownFeatures))
            table.AddRow(Markup.Escape(k < names.Count ? names[k] : Invariant($"{k}")), Invariant($"{relevance:0.000}"));
        return table;
    }

    private static Table History(IReadOnlyList<TrainingIteration> history)
    {
        Table table = new Table().RoundedBorder().Title("Training, in standardized units");
        foreach (string header in new[] { "Iteration", "Loss", "R² train", "Validation error", "Gradient norm", "Damping", "Gain ratio", "Curvature" })
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (int i in Spread(history.Count))
        {
            TrainingIteration at = history[i];
            string validation = double.IsNaN(at.ValidationError) ? "-" : Invariant($"{at.ValidationError:0.0000}");
            table.AddRow(
                Invariant($"{at.Iteration}"), Invariant($"{at.Loss:0.000000}"), Invariant($"{1 - at.MeanSquaredError:0.0000}"), validation, Invariant($"{at.GradientNorm:0.0E+0}"), i == 0 ? "-" : Invariant($"{at.Damping:0.0E+0}"), i == 0 ? "-" : Invariant($"{at.GainRatio:0.000}"), i == 0 ? "-" : Curvature(at));
        }

        return table;
    }

    private static Table Points(IReadOnlyList<FlowPoint> points)
    {
        Table table = new Table().RoundedBorder().Title("The paper's flow, in the units of the label");
        foreach (string header in new[] { "Time", "Loss", "Distance", "Output gradient", "Riemannian gradient", "Energy defect" })
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (int i in Spread(points.Count))
        {
            FlowPoint at = points[i];
            table.AddRow(
                Invariant($"{at.Time:0.###}"), Invariant($"{at.Loss:G6}"), Invariant($"{at.Distance:G4}"), Invariant($"{at.OutputGradientNorm:0.0E+0}"), Invariant($"{at.RiemannianGradientNorm:0.0E+0}"), Invariant($"{at.DissipationDefect:0.0E+0}"));
        }

        return table;
    }

    /// <summary>Some places in a list, spread over the whole of it, the ends included.</summary>
    private static IEnumerable<int> Spread(int count) =>
        Enumerable.Range(0, ShownIterations).Select(k => (int)Math.Round((count - 1.0) * k / (ShownIterations - 1))).Distinct();

    private static string Curvature(TrainingIteration at) => Invariant($"{at.CurvatureRows} rows{(at.CurvatureInSinglePrecision ? ", single" : "")}");

    private static string StepName(ITransformer step) => step.GetType().Name.Split('`')[0];
}
