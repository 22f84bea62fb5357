using GnMlNet.Cli.Models;
using GnMlNet.Cli.Output;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Training;
using Microsoft.ML;
using Spectre.Console;

namespace GnMlNet.Cli.Inspecting;

/// <summary>What is in a saved model, for people at a terminal and for programs.</summary>
internal static class InfoSummary
{
    // Lines of the table of iterations, spread over the whole run.
    private const int ShownIterations = 12;
    private const int ShownFeatures = 30;

    internal static object ToJson(SavedModel model) => new
    {
        columns = model.InputSchema?.Select(column => new { column.Name, type = column.Type.ToString() }),
        pipeline = model.Steps.Select(StepName),
        network = ModelSummary.ToJson(model.Network, model.FeatureNames),
    };

    internal static void Write(IAnsiConsole console, string path, SavedModel model)
    {
        GaussNewtonRegressionModelParameters network = model.Network;
        Grid facts = new Grid().AddColumn().AddColumn();
        void Fact(string name, FormattableString value) => facts.AddRow($"[bold]{name}[/]", Markup.Escape(Invariant(value)));
        Fact("File", $"{path}");
        Fact("Columns", $"{(model.InputSchema is { } schema ? string.Join(", ", schema.Select(column => $"{column.Name} ({column.Type})")) : "the file holds no input schema; 'gnml predict' needs one, so save the model with the schema of its training data")}");
        Fact("Pipeline", $"{string.Join(" > ", model.Steps.Select(StepName))}");
        Fact("Label", $"{network.LabelColumnName}");
        Fact("Model", $"{ModelSummary.Describe(network)}");
        KernelMember[] block = [.. network.Members.OfType<KernelMember>()];
        if (block.Length > 0) Fact("Rows", $"the file holds the features{(block.Any(member => member.Equations is not null) ? " and labels" : "")} of training rows, which are the units of the kernel block");
        if (network.Ensemble is { } ensemble) WriteEnsemble(ensemble, Fact);
        if (network.Bounds.IsLimited) Fact("Bounds", $"predictions and intervals are from {network.Bounds.Lower} to {network.Bounds.Upper}");
        if (network.Trajectory is { } flow)
            Fact("Flow", $"α = {flow.Options.ScalingFactor}, ρ = {flow.Options.Damping}, {flow.Options.Scheme}; ended at t = {flow.EndTime} by {flow.End}{(flow.RankLossTime is { } lost ? Invariant($", rank lost at t = {lost}") : "")}");
        else
            Fact("Training", $"{network.TrainingHistory.Count - 1} iterations, weights of iteration {network.BestIteration}; ended by {network.Termination}{(network.Members.OfType<NetworkMember>().Any() ? "" : "; the networks were left out")}");
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

        KernelMember[] block = [.. ensemble.Members.OfType<KernelMember>()];
        if (block.Length > 0)
            fact("Kernel noise", $"standard deviation {ensemble.Label.Deviation * Math.Sqrt(block.Average(at => at.NoiseVariance)):G4} of the label (mean over the members of the block)");
        if (ensemble.Intervals is { } intervals) fact("Intervals", $"level {intervals.Level}, calibrated on {Calibrated(intervals.Kind)}");
    }

    private static string Calibrated(IntervalKind kind) => kind switch
    {
        IntervalKind.Ensemble => "the ensemble's error on rows that its members left out",
        IntervalKind.HeldOutRows => "rows that nothing was trained on",
        _ => "the errors of members on rows that they left out",
    };

    /// <summary>The features, the most relevant first.</summary>
    private static Table Relevance(NetworkEnsemble ensemble, IReadOnlyList<string> names)
    {
        Table table = Cells.Table(["Feature"], ["Relevance"]).Title("Relevance: how strongly predictions depend on a feature");
        foreach ((int k, double relevance) in ensemble.Relevance.Index().OrderByDescending(at => at.Item).Take(ShownFeatures))
            table.AddRow(Markup.Escape(k < names.Count ? names[k] : Invariant($"{k}")), Cells.Significant(relevance));
        return table;
    }

    private static Table History(IReadOnlyList<TrainingIteration> history)
    {
        Table table = Cells.Table([], ["Iteration", "Loss", "R² train", "Validation error", "Gradient norm", "Damping", "Gain ratio", "Curvature"]).Title("Training, in standardized units");
        foreach (int i in Spread(history.Count))
        {
            TrainingIteration at = history[i];
            table.AddRow(
                Invariant($"{at.Iteration}"), Cells.Significant(at.Loss), Cells.Determination(1 - at.MeanSquaredError), Cells.Significant(at.ValidationError), Invariant($"{at.GradientNorm:0.0E+0}"), i == 0 ? "-" : Invariant($"{at.Damping:0.0E+0}"), i == 0 ? "-" : Cells.Significant(at.GainRatio), i == 0 ? "-" : Curvature(at));
        }

        return table;
    }

    private static Table Points(IReadOnlyList<FlowPoint> points)
    {
        Table table = Cells.Table([], ["Time", "Loss", "Distance", "Output gradient", "Riemannian gradient", "Energy defect"]).Title("The paper's flow, in the units of the label");
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
