using GnMlNet.Cli.Charts;
using GnMlNet.Core.Dynamics;

namespace GnMlNet.Cli.Reproducing;

/// <summary>The figures of the paper's Section 5 and one of our own.</summary>
internal static class ReproduceFigures
{
    private const string Time = "time t (no unit)";

    /// <summary>Every figure with its file name.</summary>
    internal static IReadOnlyList<(string File, LineChart Chart)> Draw(ReproduceResult result) =>
    [
        ("figure-1a", Scales(result, "Figure 1a: empirical loss, Gauss-Newton flow", "loss g(αf(wₜ)), (100,000 $)²", flow => flow.GaussNewton, point => point.Loss)),
        ("figure-1b", Scales(result, "Figure 1b: deviation from the initialization", "|wₜ − w₀| (no unit)", flow => flow.GaussNewton, point => point.Distance)),
        ("figure-2a", Scales(result, "Figure 2a: norm of the Riemannian gradient", "|grad g(αf(wₜ))|, 100,000 $", flow => flow.GaussNewton, point => point.RiemannianGradientNorm)),
        ("figure-2b", Scales(result, "Figure 2b: smallest eigenvalue of H₀", "smallest eigenvalue of JᵀJ (no unit)", flow => flow.GaussNewton, Eigenvalue)),
        ("figure-3", Scales(result, "Figure 3: empirical loss, gradient flow", "loss g(αf(wₜ)), (100,000 $)²", flow => flow.GradientFlow, point => point.Loss)),
        ("overparameterized", Dampings(result.Overparameterized)),
    ];

    internal static string Name(double value) => value == 0.125 ? "1/8" : Invariant($"{value:0.####}");

    // Below rounding of the largest one an eigenvalue is noise around zero: the curve ends there.
    private static double Eigenvalue(FlowPoint point) => point.SmallestEigenvalue > 1e-15 * point.LargestEigenvalue ? point.SmallestEigenvalue : double.NaN;

    private static LineChart Scales(ReproduceResult result, string title, string axis, Func<ScaledFlow, Trajectory> trajectory, Func<FlowPoint, double> value) =>
        new(title, Time, axis, [.. result.Flows.Select(flow => Curve($"α = {Name(flow.ScalingFactor)}", trajectory(flow), value))]) { LogarithmicY = true };

    private static LineChart Dampings(OverparameterizedExperiment experiment) => new(
        Invariant($"Over-parameterized: n = {experiment.Rows}, p = {experiment.ParameterCount}, α = {OverparameterizedExperiment.Alpha}"),
        Time,
        "loss g(αf(wₜ)), (100,000 $)²",
        [.. experiment.Flows.Select(flow => Curve(flow.Options.Damping == 1 ? "ρ = 1 (gradient flow)" : Invariant($"ρ = {flow.Options.Damping}"), flow, point => point.Loss))])
    { LogarithmicY = true };

    private static Curve Curve(string name, Trajectory trajectory, Func<FlowPoint, double> value) =>
        Charts.Curve.Of(name, trajectory.Points, point => point.Time, value);
}
