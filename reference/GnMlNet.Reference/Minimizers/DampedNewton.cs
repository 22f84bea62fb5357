namespace GnMlNet.Reference.Minimizers;

/// <summary>
/// Newton's method on the whole Hessian in double, damped until H + mu I is positive definite and the step lowers F: from weights that training left somewhere on a slope to where exact steps
/// converge. mu follows Nielsen's rule. No guarantee.
/// </summary>
internal static class DampedNewton
{
    // Beside F, below which a fall cannot be told from rounding.
    private const double LeastFall = 1e-14;

    private const double FirstDamping = 1e-3, LeastDamping = 1e-14, GreatestDamping = 1e12;

    /// <summary>Descends.</summary>
    /// <param name="objective">F.</param>
    /// <param name="start">Where from.</param>
    /// <param name="mostSteps">The greatest number of accepted steps.</param>
    /// <param name="accepted">Told of every accepted step: F and |g| before it.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Where it ended, and after how many steps.</returns>
    internal static (double[] Weights, int Steps) Descend(ApproximateObjective objective, double[] start, int mostSteps, Action<double, double>? accepted, CancellationToken cancellation)
    {
        double[] theta = [.. start];
        double value = objective.Value(theta), damping = double.NaN, growth = 2;
        for (int steps = 0; ; steps++)
        {
            (double[] gradient, double[] hessian) = objective.Derivatives(theta);
            int p = theta.Length;
            double greatest = Enumerable.Range(0, p).Max(i => Math.Abs(hessian[(i * p) + i]));
            if (double.IsNaN(damping)) damping = FirstDamping * greatest;
            if (steps >= mostSteps || !double.IsFinite(value)) return (theta, steps);
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (damping > GreatestDamping * greatest) return (theta, steps);
                if (Step(hessian, gradient, damping) is { } step)
                {
                    // g + (H + mu I) s = 0, so the model falls by -g^T s - s^T H s/2 = (mu s - g)^T s/2.
                    double predicted = step.Select((entry, i) => entry * ((damping * entry) - gradient[i])).Sum() / 2;
                    if (!(predicted > LeastFall * value)) return (theta, steps);
                    double[] trial = [.. theta.Zip(step, (a, b) => a + b)];
                    double after = objective.Value(trial), gain = (value - after) / predicted;
                    if (gain > 0)
                    {
                        accepted?.Invoke(value, Math.Sqrt(gradient.Sum(entry => entry * entry)));
                        double excess = (2 * gain) - 1;
                        damping = Math.Max(damping * Math.Max(1.0 / 3, 1 - (excess * excess * excess)), LeastDamping * greatest);
                        (theta, value, growth) = (trial, after, 2);
                        break;
                    }
                }

                damping *= growth;
                growth *= 2;
            }
        }
    }

    private static double[]? Step(double[] hessian, double[] gradient, double damping)
    {
        int p = gradient.Length;
        double[] shifted = [.. hessian];
        for (int i = 0; i < p; i++) shifted[(i * p) + i] += damping;
        if (!shifted.All(double.IsFinite)) return null;
        double[]? step = DoubleCholesky.TryFactor(ScaledIntegers.Of(p, p, shifted))?.Solve([.. gradient.Select(entry => -entry)]);
        return step is not null && step.All(double.IsFinite) ? step : null;
    }
}
