namespace GnMlNet.Core.Theory;

/// <summary>
/// Theorem 1 and Lemma 2 as printed: the damped flow with p >= n. Both are false as they stand, because (10) is; <see cref="RepairedTheorem1"/> holds.
/// Where <see cref="ThresholdRatio"/> is at least 2/3, Theorem 1 is true, through the repaired one. docs/theory.md has the counterexamples.
/// </summary>
public static class PrintedTheorem1
{
    /// <summary>The greatest rho that Theorem 1, Lemma 2 and Theorem 2 admit: lambda_n^2/(1 + lambda_n^2), where rho_0 = lambda_n^2.</summary>
    /// <param name="network">The network's constants.</param>
    public static double GreatestDamping(NetworkConstants network)
    {
        ArgumentNullException.ThrowIfNull(network);
        double square = network.LambdaN * network.LambdaN;
        return square / (1 + square);
    }

    /// <summary>(12), the least alpha: L mu sqrt(2 Delta_0) nu^(-3/2) lambda_n lambda_0^(-3) A(lambda_0^2)/A(lambda_n^2).</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="rho">rho, in (0, 1]; the theorem is stated up to <see cref="GreatestDamping"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LeastAlpha(LossConstants loss, NetworkConstants network, double gap, double rho)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.JacobianModulus * LeastAlphaOfLemma2(loss, network, gap, rho);
    }

    /// <summary>Lemma 2's least alpha, which lacks the L of (12): mu sqrt(2 Delta_0) nu^(-3/2) lambda_n lambda_0^(-3) (lambda_0^2 + rho_0)/(lambda_n^2 + rho_0).</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="rho">rho, in (0, 1]; the lemma is stated up to <see cref="GreatestDamping"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LeastAlphaOfLemma2(LossConstants loss, NetworkConstants network, double gap, double rho)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        double cube = network.Lambda0 * network.Lambda0 * network.Lambda0;
        return loss.Mu / loss.Nu * loss.OutputDistance(gap) * (network.LambdaN / cube) * DampedRatio(network, rho);
    }

    /// <summary>
    /// kappa, (12) in units of (L/lambda_0^2) sqrt(2 Delta_0/nu): (mu/nu)(lambda_n/lambda_0) A(lambda_0^2)/A(lambda_n^2). From 2/3 on Theorem 1 is true, for example
    /// where rho_0 >= lambda_0 lambda_n; for every admissible triple of ratios with a smaller kappa there is a counterexample.
    /// </summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rho"/> is not in (0, 1].</exception>
    public static double ThresholdRatio(LossConstants loss, NetworkConstants network, double rho)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        return loss.Mu / loss.Nu * (network.LambdaN / network.Lambda0) * DampedRatio(network, rho);
    }

    /// <summary>The rate of (2) and (11): 2 nu s(lambda_0^2). Inside the ball r_0, (2) holds for every alpha; Theorem 1 claims it for all time.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rho"/> is not in (0, 1].</exception>
    public static double Rate(LossConstants loss, NetworkConstants network, double rho)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        return 2 * loss.Nu * EigenvalueMaps.Output(network.Lambda0 * network.Lambda0, Argument.PositiveDamping(rho));
    }

    /// <summary>A(lambda_0^2)/A(lambda_n^2), at most 1; equal to (lambda_0^2 + rho_0)/(lambda_n^2 + rho_0).</summary>
    internal static double DampedRatio(NetworkConstants network, double rho) =>
        EigenvalueMaps.Damped(network.Lambda0 * network.Lambda0, Argument.PositiveDamping(rho)) / EigenvalueMaps.Damped(network.LambdaN * network.LambdaN, rho);
}
