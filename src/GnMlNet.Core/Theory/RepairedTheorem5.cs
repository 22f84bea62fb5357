namespace GnMlNet.Core.Theory;

/// <summary>
/// Theorem 5 repaired (5R in docs/theory.md): the flow with p at most n, without damping, or with any (5R-rho). With nuhat = nu - kappa G_0 > 0 (nuhat = nu where p = n) and alpha above <see cref="AlphaThreshold"/>,
/// for all t: w_t lies in B and Delta_t is at most Delta_0 exp(-<see cref="Rate"/> t), with damping Delta_0 exp(-<see cref="DampedRate"/> t); Delta is relative to the infimum over B, and an upper bound on Delta_0 will do.
/// A threshold that no alpha meets is positive infinity; a rate or bound that the theorem does not give is NaN.
/// </summary>
public static class RepairedTheorem5
{
    /// <summary>kappa = L/(4 alpha lambda_0^2 (1-r)^2): the curvature of the image alpha f(B) takes at most kappa |grad g| from the strong convexity of g.</summary>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double ImageCurvature(NetworkConstants network, double r, double alpha)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Nonlinearity / (4 * Argument.Positive(alpha) * (1 - Argument.Fraction(r)) * (1 - r));
    }

    /// <summary>G_0 = sqrt(2 mu (g(0) - inf g)), the infimum over R^n: no gradient along the path is larger.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="excess">g(0) less the infimum of g over R^n; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="excess"/> is negative or not finite.</exception>
    public static double InitialGradientBound(LossConstants loss, double excess)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss.GradientBound(excess);
    }

    /// <summary>nuhat = nu - kappa G_0, what the image's curvature leaves of nu; not positive where the theorem does not apply. (For p = n it is nu itself.)</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="imageCurvature">kappa, at least 0.</param>
    /// <param name="initialGradientBound">G_0, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double RemainingConvexity(LossConstants loss, double imageCurvature, double initialGradientBound)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss.Nu - (Argument.NotNegative(imageCurvature) * Argument.NotNegative(initialGradientBound));
    }

    /// <summary>
    /// L sqrt(2 Delta_0/nuhat)/(2 r (2-r) lambda_0^2), which alpha must exceed; positive infinity where nuhat is not positive.
    /// nuhat depends on alpha: <see cref="LeastAlpha"/> solves for it.
    /// </summary>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="remainingConvexity">nuhat.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g(alpha f) over B; at least 0.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap or r is outside its range.</exception>
    public static double AlphaThreshold(NetworkConstants network, double remainingConvexity, double gap, double r)
    {
        ArgumentNullException.ThrowIfNull(network);
        Argument.NotNegative(gap);
        double divisor = 2 * Argument.Fraction(r) * (2 - r);
        return remainingConvexity > 0 ? network.Nonlinearity * Math.Sqrt(2 * gap / remainingConvexity) / divisor : double.PositiveInfinity;
    }

    /// <summary>
    /// The alpha from which on both hypotheses hold, with nuhat at that alpha: with c = L G_0/(4 lambda_0^2 (1-r)^2) and b = L sqrt(2 Delta_0)/(2 r (2-r) lambda_0^2) they say
    /// nu alpha^2 - c alpha > b^2, so it is (c + sqrt(c^2 + 4 nu b^2))/(2 nu); alpha must exceed it.
    /// </summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="gap">Delta_0 or an upper bound on it for all alpha, such as <paramref name="excess"/>; at least 0.</param>
    /// <param name="excess">g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LeastAlpha(LossConstants loss, NetworkConstants network, double gap, double excess, double r)
    {
        double curvature = ImageCurvature(network, r, 1) * InitialGradientBound(loss, excess);
        return PositiveRoot(loss.Nu, curvature, AlphaThreshold(network, 1, gap, r));
    }

    /// <summary>The rate 2 nuhat; NaN where nuhat is not positive.</summary>
    /// <param name="remainingConvexity">nuhat.</param>
    public static double Rate(double remainingConvexity) => remainingConvexity > 0 ? 2 * remainingConvexity : double.NaN;

    /// <summary>
    /// The rate of the flow with damping (5R-rho), 2 nuhat s(4 (1-r)^2 lambda_0^2): thresholds and displacement are the same for every rho. NaN where nuhat is not positive.
    /// </summary>
    /// <param name="network">The network's constants; L and lambda_n play no part.</param>
    /// <param name="remainingConvexity">nuhat.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <param name="rho">rho, in [0, 1]: 0 gives 5R's rate, 1 is plain gradient flow.</param>
    /// <exception cref="ArgumentOutOfRangeException">r or rho is outside its range.</exception>
    public static double DampedRate(NetworkConstants network, double remainingConvexity, double r, double rho)
    {
        ArgumentNullException.ThrowIfNull(network);
        double root = 2 * (1 - Argument.Fraction(r)) * network.Lambda0;
        return Rate(remainingConvexity) * EigenvalueMaps.Output(root * root, Argument.Damping(rho));
    }

    /// <summary>
    /// The bound on |w_t - w_0|, and on the path's length: (2 lambda_0/L)(1 - sqrt(1 - L D/(2 lambda_0^2))) with D = sqrt(2 Delta_0/nuhat)/alpha, less than the radius of B;
    /// NaN where alpha is not above <see cref="AlphaThreshold"/>.
    /// </summary>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="remainingConvexity">nuhat at this alpha.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g(alpha f) over B; at least 0.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Displacement(NetworkConstants network, double remainingConvexity, double gap, double r, double alpha)
    {
        if (!(Argument.Positive(alpha) > AlphaThreshold(network, remainingConvexity, gap, r))) return double.NaN;
        double distance = Math.Sqrt(2 * gap / remainingConvexity);
        return RepairedTheorem1.PathLength(network, distance / alpha, network.Nonlinearity * distance / 2, alpha);
    }

    /// <summary>
    /// |P grad g|^2/(2 nuhat), an upper bound on Delta at a point of B from its tangential gradient: how far the loss is above the best one over B, which is
    /// not known. Positive infinity where nuhat is not positive.
    /// </summary>
    /// <param name="remainingConvexity">nuhat, with |(I-P) grad g| at w_t in place of G_0 if that is known.</param>
    /// <param name="tangentialGradientNorm">|P grad g|; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tangentialGradientNorm"/> is negative or not finite.</exception>
    public static double GapBound(double remainingConvexity, double tangentialGradientNorm)
    {
        Argument.NotNegative(tangentialGradientNorm);
        return remainingConvexity > 0 ? tangentialGradientNorm * tangentialGradientNorm / (2 * remainingConvexity) : double.PositiveInfinity;
    }

    /// <summary>The positive root of nu alpha^2 - c alpha = b^2.</summary>
    internal static double PositiveRoot(double nu, double c, double b) => (c + Math.Sqrt((c * c) + (4 * nu * b * b))) / (2 * nu);
}
