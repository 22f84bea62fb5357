namespace GnMlNet.Core.Theory;

/// <summary>
/// Theorem 1 repaired (1R in docs/theory.md): the flow with p >= n, for every rho in (0, 1], and rho = 0 where p = n. With D = sqrt(2 Delta_0/nu)/alpha and
/// lambda_1^2 = 4 lambda_0^2 - 2 L D > 0, for all t: K_t >= lambda_1^2 I, Delta_t at most Delta_0 exp(-2 nu s(lambda_1^2) t), and a bound on |w_t - w_0|.
/// Where alpha is not above <see cref="LeastAlpha"/>, the theorem does not apply and rate and bounds are NaN.
/// </summary>
public static class RepairedTheorem1
{
    /// <summary>(L/(2 lambda_0^2)) sqrt(2 Delta_0/nu), which alpha must exceed. No smaller constant than 1/2 will do for every f.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gap"/> is negative or not finite.</exception>
    public static double LeastAlpha(LossConstants loss, NetworkConstants network, double gap) => Unit(loss, network, gap) / 2;

    /// <summary>
    /// (2/3)(L/lambda_0^2) sqrt(2 Delta_0/nu): from there on the path stays in the ball r_0 and the rate is at least 2 nu s(lambda_0^2).
    /// No smaller constant than 2/3 will do for every f.
    /// </summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gap"/> is negative or not finite.</exception>
    public static double LeastAlphaForTheBall(LossConstants loss, NetworkConstants network, double gap) => 2 * Unit(loss, network, gap) / 3;

    /// <summary>lambda_1^2 = 4 lambda_0^2 - 2 L D, below which no eigenvalue of K_t falls; NaN where the theorem does not apply.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double KernelFloor(LossConstants loss, NetworkConstants network, double gap, double alpha)
    {
        double least = LeastAlpha(loss, network, gap);
        return 4 * network.Lambda0 * network.Lambda0 * Remainder(least, alpha);
    }

    /// <summary>The rate 2 nu s(lambda_1^2); NaN where the theorem does not apply.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <param name="rho">rho, in [0, 1]; 0 only where p = n.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Rate(LossConstants loss, NetworkConstants network, double gap, double alpha, double rho)
    {
        double floor = KernelFloor(loss, network, gap, alpha);
        Argument.Damping(rho);
        return double.IsNaN(floor) ? double.NaN : 2 * loss.Nu * EigenvalueMaps.Output(floor, rho);
    }

    /// <summary>The bound on |w_t - w_0|, and on the path's length: (2 lambda_0/L)(1 - sqrt(1 - L D/(2 lambda_0^2))); NaN where the theorem does not apply.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants; lambda_n plays no part.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Displacement(LossConstants loss, NetworkConstants network, double gap, double alpha)
    {
        double least = LeastAlpha(loss, network, gap);
        return PathLength(network, loss.OutputDistance(gap) / Argument.Positive(alpha), least, alpha);
    }

    /// <summary>The smaller root l of 2 lambda_0 l - L l^2/2 = D, without cancellation where it is small; NaN for alpha at or below the least one.</summary>
    internal static double PathLength(NetworkConstants network, double distance, double least, double alpha) =>
        distance / (network.Lambda0 * (1 + Math.Sqrt(Remainder(least, alpha))));

    /// <summary>1 - L D/(2 lambda_0^2) = 1 - least/alpha, or NaN where it is not positive.</summary>
    private static double Remainder(double least, double alpha)
    {
        double remainder = 1 - (least / Argument.Positive(alpha));
        return remainder > 0 ? remainder : double.NaN;
    }

    /// <summary>(L/lambda_0^2) sqrt(2 Delta_0/nu).</summary>
    internal static double Unit(LossConstants loss, NetworkConstants network, double gap)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        return network.Nonlinearity * loss.OutputDistance(gap);
    }
}
