using GnMlNet.Cli.Charts;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Trajectories;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The chart of a cross-check: certified relative errors over the iterations, beside what error analysis promises of the step.</summary>
internal static class CrossCheckFigures
{
    internal static LineChart Draw(CrossCheckResult run)
    {
        CheckedQuantity[] quantities = [.. run.Report.Iterates.SelectMany(iterate => iterate.Errors.Select(error => error.Quantity)).Distinct().Order()];
        IEnumerable<Curve> errors = quantities.Select(quantity => Curve(run.Report, quantity, Names[quantity], error => error.Relative));
        IEnumerable<Curve> bounds = quantities.Where(quantity => quantity is CheckedQuantity.Step).Select(quantity => Curve(run.Report, quantity, "promised for the step", error => error.Bound));
        return new LineChart($"Certified errors, {run.Name}", "iteration", "relative error, at most", [.. errors, .. bounds]) { LogarithmicY = true };
    }

    /// <summary>The chart of a trajectory: how far the run is from the exact one, and how well that one is known.</summary>
    internal static LineChart Draw(string name, TrajectoryReport report)
    {
        Curve Curve(string curve, Func<TrajectoryPoint, double> value) => Charts.Curve.Of(curve, report.Points, point => point.Iteration, value);
        Curve[] curves = [Curve("distance of the run from it", point => point.Divergence), Curve("radius of the exact trajectory", point => point.Radius)];
        return new LineChart($"Exact trajectory, {name}", "iteration", "distance of parameters, at most", curves) { LogarithmicY = true };
    }

    internal static IReadOnlyDictionary<CheckedQuantity, string> Names { get; } = new Dictionary<CheckedQuantity, string>
    {
        [CheckedQuantity.Loss] = "loss",
        [CheckedQuantity.MeanSquaredError] = "mean squared error",
        [CheckedQuantity.GradientNorm] = "size of the gradient",
        [CheckedQuantity.GainRatio] = "gain ratio, as a fall of the loss",
        [CheckedQuantity.NoisePrecision] = "precision of the noise",
        [CheckedQuantity.Precisions] = "precisions of the weights",
        [CheckedQuantity.Outputs] = "outputs",
        [CheckedQuantity.Gradient] = "gradient",
        [CheckedQuantity.Gram] = "matrix",
        [CheckedQuantity.Step] = "step",
        [CheckedQuantity.ApproximateStep] = "step, approximate curvature",
        [CheckedQuantity.StepResidual] = "what a step leaves",
        [CheckedQuantity.InexactStepResidual] = "what an inexact step leaves",
        [CheckedQuantity.Remainder] = "remainder of an inexact step",
        [CheckedQuantity.ResidualCurvature] = "curvature of the residuals",
        [CheckedQuantity.EvidenceMatrix] = "matrix of the evidence",
        [CheckedQuantity.Scores] = "scores",
        [CheckedQuantity.Leverage] = "leverage",
        [CheckedQuantity.OutputGradientNorm] = "size of ∇g",
        [CheckedQuantity.RiemannianGradientNorm] = "size in the metric",
        [CheckedQuantity.SmallestEigenvalue] = "smallest eigenvalue",
        [CheckedQuantity.LargestEigenvalue] = "largest eigenvalue",
    };

    private static Curve Curve(CrossCheckReport report, CheckedQuantity quantity, string name, Func<CertifiedError, double> value) => Charts.Curve.Of(
        name,
        report.Iterates.SelectMany(iterate => iterate.Errors.Where(error => error.Quantity == quantity).Select(error => (iterate.Iteration, Error: error))),
        point => point.Iteration,
        point => value(point.Error));
}
