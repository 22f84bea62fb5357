using GnMlNet.Cli.Charts;
using GnMlNet.Core.Dynamics;

namespace GnMlNet.Cli.Tracing;

/// <summary>The charts of a trace.</summary>
internal static class TraceCharts
{
    internal static IEnumerable<(string File, LineChart Chart)> Of(IReadOnlyList<TracedIteration> iterations, string table)
    {
        LineChart Chart(string title, string axis, params (string Name, Func<TracedIteration, double> Value)[] curves) =>
            Draw($"{title}, {table}", "iteration", axis, iterations, at => at.Iteration.Iteration, curves);
        // The starting point has no step.
        Func<TracedIteration, double> OfStep(Func<TracedIteration, double> value) => at => at.Iteration.Iteration == 0 ? double.NaN : value(at);

        yield return ("loss", Chart("Loss", "loss (standardized units)", ("loss E", at => at.Iteration.Loss), ("without penalty", at => at.Iteration.MeanSquaredError)));
        yield return ("gradient", Chart("Gradient and step", "norm (standardized units)", ("largest gradient entry", at => at.Iteration.GradientNorm), ("length of the step", OfStep(at => at.Iteration.StepNorm))));
        yield return ("damping", Chart("Damping and gain", "damping μ, gain ratio", ("damping μ", OfStep(at => at.Iteration.Damping)), ("gain ratio", OfStep(at => at.Iteration.GainRatio))));
        if (iterations.Any(at => double.IsFinite(at.EffectiveRank)))
            yield return ("spectrum", Chart("Spectrum of the curvature", "condition, effective rank", ("condition", at => at.Condition), ("effective rank", at => at.EffectiveRank)));
    }

    internal static IEnumerable<(string File, LineChart Chart)> Of(Trajectory trajectory, string table)
    {
        LineChart Chart(string title, string axis, params (string Name, Func<FlowPoint, double> Value)[] curves) =>
            Draw($"{title}, {table}", "time t (no unit)", axis, trajectory.Points, point => point.Time, curves);

        yield return ("loss", Chart("Loss", "loss g(αf(wₜ)) (squared units of the label)", ("loss", point => point.Loss)));
        yield return ("gradient", Chart("Gradient", "norm (units of the label)", ("output gradient |∇g|", point => point.OutputGradientNorm), ("|∇g| in the metric M", point => point.RiemannianGradientNorm)));
        yield return ("distance", Chart("Deviation from the start", "|wₜ − w₀| (no unit)", ("distance", point => point.Distance)));
        yield return ("energy", Chart("Defect of the energy-dissipation identity", "|g − g(0) + ∫|∇g|²| (squared units of the label)", ("defect", point => Math.Abs(point.DissipationDefect))));
        if (trajectory.Points.Any(point => double.IsFinite(point.LargestEigenvalue)))
            yield return ("spectrum", Chart("Extreme eigenvalues of JᵀJ or JJᵀ", "eigenvalue (no unit)", ("smallest", point => point.SmallestEigenvalue), ("largest", point => point.LargestEigenvalue)));
    }

    private static LineChart Draw<T>(string title, string xAxis, string yAxis, IReadOnlyList<T> points, Func<T, double> x, (string Name, Func<T, double> Value)[] curves) =>
        new(title, xAxis, yAxis, [.. curves.Select(curve => Curve.Of(curve.Name, points, x, curve.Value))]) { LogarithmicY = true };
}
