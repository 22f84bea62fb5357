namespace GnMlNet.Core.Theory;

/// <summary>
/// Theorem 2 repaired (2R in docs/theory.md): steps with p >= n, for every rho in (0, 1], every time step tau = alpha eta below <see cref="TimeStepLimit"/> and alpha above
/// <see cref="LeastAlpha"/>: w_k stays in the ball r_0 and Delta_k is at most Delta_0 <see cref="Factor"/>^k.
/// A threshold that no alpha meets is positive infinity; a factor or bound that the theorem does not give is NaN.
/// </summary>
public static class RepairedTheorem2
{
    /// <summary>
    /// kappa_2 (L/lambda_0^2) sqrt(2 Delta_0/nu), which alpha must exceed: kappa_2 is 2/3 for small tau, as for the flow, and positive infinity where tau is not below
    /// <see cref="TimeStepLimit"/>. With theta = mu tau s(Kbar), chi = tau s(lambda_0^2) sqrt(mu nu) and b = 2/3 + chi (1 + theta)/2 it is
    /// (b + sqrt(b^2 + theta (2 - theta) chi^2/4))/(2 - theta).
    /// </summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <param name="timeStep">tau = alpha eta; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LeastAlpha(LossConstants loss, NetworkConstants network, double gap, double rho, double timeStep)
    {
        double theta = RelativeTimeStep(loss, network, rho, timeStep), chi = Curving(loss, network, rho, timeStep), unit = RepairedTheorem1.Unit(loss, network, gap);
        double b = (2.0 / 3) + (chi * (1 + theta) / 2);
        return theta < 2 ? (b + Math.Sqrt((b * b) + (theta * (2 - theta) * chi * chi / 4))) / (2 - theta) * unit : double.PositiveInfinity;
    }

    /// <summary>Kbar = (2 lambda_n + lambda_0)^2, above which no eigenvalue of K rises in the ball r_0.</summary>
    /// <param name="network">The network's constants.</param>
    public static double KernelCeiling(NetworkConstants network)
    {
        ArgumentNullException.ThrowIfNull(network);
        double root = (2 * network.LambdaN) + network.Lambda0;
        return root * root;
    }

    /// <summary>2/(mu s(Kbar)), which the time step tau = alpha eta must stay below. The learning rate is tau/alpha.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rho"/> is not in (0, 1].</exception>
    public static double TimeStepLimit(LossConstants loss, NetworkConstants network, double rho)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return 2 / (loss.Mu * EigenvalueMaps.Output(KernelCeiling(network), Argument.PositiveDamping(rho)));
    }

    /// <summary>
    /// The factor of Delta in a step, 1 - 2 beta tau nu s(lambda_0^2), where beta = 1 - q - (theta/2)(1 + q)^2 is what is left of the decrease to first order, q = chi/(2 c) and
    /// alpha = c (L/lambda_0^2) sqrt(2 Delta_0/nu); NaN where alpha is not above <see cref="LeastAlpha"/>.
    /// </summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <param name="timeStep">tau = alpha eta; positive.</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Factor(LossConstants loss, NetworkConstants network, double gap, double rho, double timeStep, double alpha) =>
        1 - (2 * RemainingDecrease(loss, network, gap, rho, timeStep, alpha) * timeStep * loss.Nu * EigenvalueMaps.Output(network.Lambda0 * network.Lambda0, rho));

    /// <summary>
    /// The bound on |w_k - w_0|, and on the length of all steps together: (2 lambda_0/L)(1 - sqrt(1 - L D/(2 lambda_0^2))) with D = sqrt(2 Delta_0/nu)/(alpha beta) and
    /// beta as in <see cref="Factor"/>, less than r_0; NaN where alpha is not above <see cref="LeastAlpha"/>.
    /// </summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <param name="timeStep">tau = alpha eta; positive.</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Displacement(LossConstants loss, NetworkConstants network, double gap, double rho, double timeStep, double alpha)
    {
        double remaining = RemainingDecrease(loss, network, gap, rho, timeStep, alpha);
        // As for the flow at the scaling factor alpha beta.
        return double.IsNaN(remaining) ? double.NaN : RepairedTheorem1.Displacement(loss, network, gap, alpha * remaining);
    }

    // beta.
    private static double RemainingDecrease(LossConstants loss, NetworkConstants network, double gap, double rho, double timeStep, double alpha)
    {
        if (!(Argument.Positive(alpha) > LeastAlpha(loss, network, gap, rho, timeStep))) return double.NaN;
        double q = Curving(loss, network, rho, timeStep) * RepairedTheorem1.Unit(loss, network, gap) / (2 * alpha);
        return 1 - q - (RelativeTimeStep(loss, network, rho, timeStep) / 2 * (1 + q) * (1 + q));
    }

    // theta = mu tau s(Kbar).
    private static double RelativeTimeStep(LossConstants loss, NetworkConstants network, double rho, double timeStep) =>
        2 * Argument.Positive(timeStep) / TimeStepLimit(loss, network, rho);

    // chi = tau s(lambda_0^2) sqrt(mu nu).
    private static double Curving(LossConstants loss, NetworkConstants network, double rho, double timeStep) =>
        timeStep * EigenvalueMaps.Output(network.Lambda0 * network.Lambda0, rho) * Math.Sqrt(loss.Mu * loss.Nu);
}
