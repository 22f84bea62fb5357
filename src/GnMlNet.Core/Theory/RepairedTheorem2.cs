namespace GnMlNet.Core.Theory;

/// <summary>
/// Theorem 2 repaired (2R in docs/theory.md): steps with p >= n, for every rho in (0, 1], time step tau = alpha eta up to <see cref="GreatestTimeStep"/> and alpha above
/// <see cref="LeastAlpha"/>: w_k stays in the ball r_0 and Delta_k is at most Delta_0 (1 - tau nu s(lambda_0^2))^k.
/// </summary>
public static class RepairedTheorem2
{
    /// <summary>2 (L/lambda_0^2) sqrt(2 Delta_0/nu), which alpha must exceed.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gap"/> is negative or not finite.</exception>
    public static double LeastAlpha(LossConstants loss, NetworkConstants network, double gap) => 2 * RepairedTheorem1.Unit(loss, network, gap);

    /// <summary>Kbar = (2 lambda_n + lambda_0)^2, above which no eigenvalue of K rises in the ball r_0.</summary>
    /// <param name="network">The network's constants.</param>
    public static double KernelCeiling(NetworkConstants network)
    {
        ArgumentNullException.ThrowIfNull(network);
        double root = (2 * network.LambdaN) + network.Lambda0;
        return root * root;
    }

    /// <summary>The greatest time step tau = alpha eta: 1/(2 mu s(Kbar)). The learning rate is tau/alpha.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rho"/> is not in (0, 1].</exception>
    public static double GreatestTimeStep(LossConstants loss, NetworkConstants network, double rho)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return 1 / (2 * loss.Mu * EigenvalueMaps.Output(KernelCeiling(network), Argument.PositiveDamping(rho)));
    }

    /// <summary>The factor of Delta in a step, 1 - tau nu s(lambda_0^2); NaN where tau is above <see cref="GreatestTimeStep"/>. At the greatest tau it tends to 1 - nu/(2 mu) as rho -> 0.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <param name="timeStep">tau = alpha eta; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Factor(LossConstants loss, NetworkConstants network, double rho, double timeStep) =>
        Argument.Positive(timeStep) <= GreatestTimeStep(loss, network, rho)
            ? 1 - (timeStep * loss.Nu * EigenvalueMaps.Output(network.Lambda0 * network.Lambda0, rho))
            : double.NaN;

    /// <summary>The bound on |w_k - w_0|: (2/(alpha lambda_0)) sqrt(2 Delta_0/nu), less than r_0; NaN where alpha is not above <see cref="LeastAlpha"/>.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Displacement(LossConstants loss, NetworkConstants network, double gap, double alpha) =>
        Argument.Positive(alpha) > LeastAlpha(loss, network, gap) ? 2 * loss.OutputDistance(gap) / (alpha * network.Lambda0) : double.NaN;
}
