using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Training;

/// <summary>The rules that end training, one named predicate each: a <see cref="Termination"/> when the rule holds, null when not.</summary>
internal sealed class StoppingRules(TrainingOptions options)
{
    /// <summary>How many iterations the loss rule looks back over: one slow step says little.</summary>
    internal const int LossWindow = 10;

    /// <summary>Damping beyond this multiple of the first one means that no step lowers the loss.</summary>
    private const double DampingLimit = 1e20;

    internal Termination? IterationLimit(int iteration) =>
        When(iteration >= options.MaximumIterations, StoppingRule.MaximumIterations, iteration, options.MaximumIterations);

    internal Termination? GradientVanished(double gradientNorm) =>
        When(gradientNorm <= options.GradientTolerance, StoppingRule.GradientTolerance, gradientNorm, options.GradientTolerance);

    internal Termination? StepVanished(ReadOnlySpan<double> step, ReadOnlySpan<double> parameters)
    {
        double relative = Vectors.Norm(step) / Math.Max(Vectors.Norm(parameters), double.Epsilon);
        return When(relative <= options.StepTolerance, StoppingRule.StepTolerance, relative, options.StepTolerance);
    }

    /// <param name="history">The iterations so far.</param>
    /// <param name="rowCount">n: only steps with the curvature of all rows count, since those of a sample may be short because the sample is.</param>
    internal Termination? LossStalled(IReadOnlyList<TrainingIteration> history, int rowCount)
    {
        if (options.LossTolerance == 0 || history.Count <= LossWindow) return null;
        if (history[^LossWindow].CurvatureRows < rowCount) return null;
        double before = history[^(LossWindow + 1)].Loss;
        double fall = (before - history[^1].Loss) / before;
        return When(fall <= options.LossTolerance, StoppingRule.LossTolerance, fall, options.LossTolerance);
    }

    internal static Termination? DampingExhausted(Damping damping)
    {
        double limit = DampingLimit * damping.Initial;
        // Where the first damping is near the greatest number, the limit is infinite.
        return When(!(damping.Value <= limit) || double.IsInfinity(damping.Value), StoppingRule.DampingLimit, damping.Value, limit);
    }

    private static Termination? When(bool holds, StoppingRule rule, double value, double threshold) =>
        holds ? new Termination(rule, value, threshold) : null;
}
