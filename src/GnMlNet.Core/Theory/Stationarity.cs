namespace GnMlNet.Core.Theory;

/// <summary>
/// Whether g(alpha f) can have a stationary point in a ball about w_init. Assumption 3 asks for a minimizer in the open ball B, which would be one:
/// where the gradient J^T grad g(alpha f) changes by less than its norm at w_init, Assumption 3 fails.
/// </summary>
public static class Stationarity
{
    /// <summary>
    /// A bound on |J(w)^T grad g(alpha f(w)) - J_0^T grad g(0)| over |w - w_init| &lt;= R: with F = (2 lambda_n + L R/2) R, which bounds |f(w)|,
    /// it is L R (|grad g(0)| + mu alpha F) + 2 lambda_n mu alpha F.
    /// </summary>
    /// <param name="loss">nu and mu.</param>
    /// <param name="network">The network's constants.</param>
    /// <param name="startGradient">|grad g(0)|, at least 0.</param>
    /// <param name="alpha">The scaling factor, positive.</param>
    /// <param name="radius">R, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double GradientVariation(LossConstants loss, NetworkConstants network, double startGradient, double alpha, double radius)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(network);
        double jacobianChange = network.JacobianModulus * Argument.NotNegative(radius);
        double output = ((2 * network.LambdaN) + (jacobianChange / 2)) * radius, outputGradientChange = loss.Mu * Argument.Positive(alpha) * output;
        return (jacobianChange * (Argument.NotNegative(startGradient) + outputGradientChange)) + (2 * network.LambdaN * outputGradientChange);
    }
}
