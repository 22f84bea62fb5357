namespace GnMlNet.Core.Objectives;

/// <summary>
/// A robust loss that is smooth and still strongly convex: the pseudo-Huber loss plus a quadratic,
/// <code>
/// g(psi) = sum_j 2 delta^2 (sqrt(1 + (r_j/delta)^2) - 1) + c r_j^2,   r = psi - y
/// </code>
/// Like (1 + c) r^2 for residuals below delta, like 2 delta |r| + c r^2 beyond. g'' = 2 (1 + (r/delta)^2)^(-3/2) + 2 c, so nu = 2 c and mu = 2 + 2 c.
/// </summary>
public sealed class PseudoHuberLoss : Loss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="targets">y, n finite numbers.</param>
    /// <param name="threshold">delta, the residual from which on the loss grows slowly; positive.</param>
    /// <param name="convexity">c, the share of the quadratic; positive.</param>
    /// <exception cref="ArgumentException">There is no target, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive and finite.</exception>
    public PseudoHuberLoss(ReadOnlySpan<double> targets, double threshold, double convexity) : base(targets)
    {
        if (!(threshold > 0) || !double.IsFinite(threshold)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be positive and finite.");
        if (!(convexity > 0) || !double.IsFinite(convexity)) throw new ArgumentOutOfRangeException(nameof(convexity), convexity, "The convexity must be positive and finite.");
        (Threshold, Convexity) = (threshold, convexity);
    }

    /// <summary>delta, in the units of the outputs.</summary>
    public double Threshold { get; }

    /// <summary>c, the share of the quadratic.</summary>
    public double Convexity { get; }

    /// <inheritdoc/>
    public override double StrongConvexity => 2 * Convexity;

    /// <inheritdoc/>
    public override double Smoothness => 2 + (2 * Convexity);

    private protected override double ValueOf(int index, double residual)
    {
        // delta^2 (root - 1) = r^2 / (root + 1): no cancellation at small residuals.
        double square = residual * residual;
        return square * ((2 / (Root(residual) + 1)) + Convexity);
    }

    private protected override double SlopeOf(int index, double residual) => 2 * residual * ((1 / Root(residual)) + Convexity);

    // As a function of one output's loss v its squared slope has the derivative 2 g'', which falls as v grows: a concave function,
    // whose sum over n outputs is largest where all have the same share of the level.
    private protected override double LargestGradient(double level)
    {
        int n = Targets.Length;
        double share = level / n / (Threshold * Threshold);
        // v = 2 delta^2 (s - 1) + c delta^2 (s^2 - 1) with s = root, solved for s - 1.
        double above = share / (Math.Sqrt(((1 + Convexity) * (1 + Convexity)) + (Convexity * share)) + 1 + Convexity);
        double residual = Threshold * Math.Sqrt(above * (above + 2));
        return Math.Sqrt(n) * SlopeOf(0, residual);
    }

    private double Root(double residual) => Math.Sqrt(1 + (residual / Threshold * (residual / Threshold)));
}
