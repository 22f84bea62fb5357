namespace GnMlNet.Core.Theory;

/// <summary>
/// Theorem 2 as printed: damped steps with p >= n. It assumes a gradient bounded on all of R^n, which no strongly convex loss has; read with the bound on the set
/// {g at most g(0)}, it is false. <see cref="RepairedTheorem2"/> holds.
/// </summary>
public static class PrintedTheorem2
{
    /// <summary>The first of the two lower limits on alpha, which is to keep the path in the ball: (12) divided by sqrt m.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="rho">rho, in (0, 1]; the theorem is stated up to <see cref="PrintedTheorem1.GreatestDamping"/>.</param>
    /// <param name="hiddenSize">m, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LeastAlphaForTheBall(LossConstants loss, NetworkConstants network, double gap, double rho, int hiddenSize) =>
        PrintedTheorem1.LeastAlpha(loss, network, gap, rho) / Math.Sqrt(Argument.Count(hiddenSize));

    /// <summary>The second lower limit on alpha, which is to keep the steps near the linearization: sigma_2 sqrt n Lip_g/(mu Lip_f^2 sqrt m).</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="shape">sigma_2, Lip_f, n and m.</param>
    /// <param name="gradientBound">Lip_g, a bound on |grad g|, for the loss |psi - y|^2 on {g at most g(0)} 2 sqrt(g(0)); at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gradientBound"/> is negative or not finite.</exception>
    public static double LeastAlphaForTheLinearization(LossConstants loss, DiscreteConstants shape, double gradientBound)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(shape);
        return shape.CurvatureBound * Math.Sqrt((double)shape.RowCount / shape.HiddenSize) * Argument.NotNegative(gradientBound) / (loss.Mu * shape.OutputModulus * shape.OutputModulus);
    }

    /// <summary>The least alpha: the greater of the two limits.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="shape">sigma_2, Lip_f, n and m.</param>
    /// <param name="gap">Delta_0 = g(0) less the infimum of g over R^n; at least 0.</param>
    /// <param name="gradientBound">Lip_g; at least 0.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LeastAlpha(LossConstants loss, NetworkConstants network, DiscreteConstants shape, double gap, double gradientBound, double rho)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Math.Max(LeastAlphaForTheBall(loss, network, gap, rho, shape.HiddenSize), LeastAlphaForTheLinearization(loss, shape, gradientBound));
    }

    /// <summary>The learning rate eta = (1/(alpha sqrt m)) (lambda_0^2/lambda_n^2) Lip_f^-2 A(lambda_n^2)^2/A(lambda_0^2).</summary>
    /// <param name="network">The network's constants.</param>
    /// <param name="shape">sigma_2, Lip_f, n and m.</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LearningRate(NetworkConstants network, DiscreteConstants shape, double alpha, double rho)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(shape);
        return UnitTimeStep(network, shape, rho) / (Argument.Positive(alpha) * Math.Sqrt(shape.HiddenSize));
    }

    /// <summary>The learning rate that the proof chooses, before (31): with 1/(2 mu) where <see cref="LearningRate"/> has 1/sqrt m.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="shape">sigma_2, Lip_f, n and m.</param>
    /// <param name="alpha">alpha, positive.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double LearningRateOfTheProof(LossConstants loss, NetworkConstants network, DiscreteConstants shape, double alpha, double rho)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(shape);
        return UnitTimeStep(network, shape, rho) / (2 * loss.Mu * Argument.Positive(alpha));
    }

    /// <summary>(14), the claimed factor of Delta in a step: 1 - (nu/mu) lambda_0^4/(lambda_n^2 Lip_f^2) (A(lambda_n^2)/A(lambda_0^2))^2.</summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="shape">sigma_2, Lip_f, n and m.</param>
    /// <param name="rho">rho, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rho"/> is not in (0, 1].</exception>
    public static double Factor(LossConstants loss, NetworkConstants network, DiscreteConstants shape, double rho)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(shape);
        double ratio = network.Lambda0 * network.Lambda0 / (network.LambdaN * shape.OutputModulus) / PrintedTheorem1.DampedRatio(network, rho);
        return 1 - (loss.Nu / loss.Mu * ratio * ratio);
    }

    /// <summary>alpha eta of the statement, but for its 1/sqrt m.</summary>
    private static double UnitTimeStep(NetworkConstants network, DiscreteConstants shape, double rho)
    {
        double ratio = network.Lambda0 / (network.LambdaN * shape.OutputModulus);
        return ratio * ratio * EigenvalueMaps.Damped(network.LambdaN * network.LambdaN, rho) / PrintedTheorem1.DampedRatio(network, rho);
    }
}
