namespace GnMlNet.Core.Theory;

/// <summary>
/// The discrete counterpart of the repaired Theorem 5, which the paper lacks (6R in docs/theory.md): undamped steps with p at most n. With kappa and G_0 as there, kappa G_0 at most nu/2,
/// time step tau = alpha eta up to <see cref="GreatestTimeStep"/> and alpha above <see cref="AlphaThreshold"/>: w_k stays in B and Delta_k is at most Delta_0 (1 - tau nuhat)^k.
/// A threshold that no alpha meets is positive infinity; a factor or bound that the theorem does not give is NaN.
/// </summary>
public static class RepairedTheorem6
{
    /// <summary>L sqrt(2 Delta_0/nuhat)/(2 r (1-r) lambda_0^2), which alpha must exceed; positive infinity where kappa G_0 exceeds nu/2, that is where nuhat is below nu/2.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="remainingConvexity">nuhat.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g(alpha f) over B; at least 0.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap or r is outside its range.</exception>
    public static double AlphaThreshold(LossConstants loss, NetworkConstants network, double remainingConvexity, double gap, double r)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        Argument.NotNegative(gap);
        double divisor = 2 * Argument.Fraction(r) * (1 - r);
        return remainingConvexity >= loss.Nu / 2 ? network.Nonlinearity * Math.Sqrt(2 * gap / remainingConvexity) / divisor : double.PositiveInfinity;
    }

    /// <summary>
    /// The alpha above which both hypotheses hold, with nuhat at that alpha: the greater of L G_0/(2 nu lambda_0^2 (1-r)^2), from which on kappa G_0 is at most nu/2,
    /// and the root as in <see cref="RepairedTheorem5.LeastAlpha"/> with 1-r in place of 2-r.
    /// </summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="gap">Delta_0 or an upper bound on it for all alpha, such as <paramref name="excess"/>; at least 0.</param>
    /// <param name="excess">g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LeastAlpha(LossConstants loss, NetworkConstants network, double gap, double excess, double r)
    {
        double curvature = RepairedTheorem5.ImageCurvature(network, r, 1) * RepairedTheorem5.InitialGradientBound(loss, excess);
        double radius = network.Nonlinearity * Math.Sqrt(2 * Argument.NotNegative(gap)) / (2 * r * (1 - r));
        return Math.Max(2 * curvature / loss.Nu, RepairedTheorem5.PositiveRoot(loss.Nu, curvature, radius));
    }

    /// <summary>The greatest time step tau = alpha eta: 1/(2 mu). The learning rate is tau/alpha.</summary>
    /// <param name="loss">nu and mu.</param>
    public static double GreatestTimeStep(LossConstants loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return 1 / (2 * loss.Mu);
    }

    /// <summary>The factor of Delta in a step, 1 - tau nuhat; NaN where tau is above <see cref="GreatestTimeStep"/> or nuhat below nu/2.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="remainingConvexity">nuhat.</param>
    /// <param name="timeStep">tau = alpha eta; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeStep"/> is not positive or not finite.</exception>
    public static double Factor(LossConstants loss, double remainingConvexity, double timeStep) =>
        Argument.Positive(timeStep) <= GreatestTimeStep(loss) && remainingConvexity >= loss.Nu / 2 ? 1 - (timeStep * remainingConvexity) : double.NaN;

    /// <summary>The bound on |w_k - w_0|: sqrt(2 Delta_0/nuhat)/(alpha lambda_0 (1-r)), less than the radius of B; NaN where alpha is not above <see cref="AlphaThreshold"/>.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="remainingConvexity">nuhat at this alpha.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g(alpha f) over B; at least 0.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Displacement(LossConstants loss, NetworkConstants network, double remainingConvexity, double gap, double r, double alpha) =>
        Argument.Positive(alpha) > AlphaThreshold(loss, network, remainingConvexity, gap, r)
            ? Math.Sqrt(2 * gap / remainingConvexity) / (alpha * network.Lambda0 * (1 - r))
            : double.NaN;
}
