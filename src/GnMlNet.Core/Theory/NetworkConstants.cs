namespace GnMlNet.Core.Theory;

/// <summary>The three constants of the network at its initialization: <see cref="LinearizationSpectrum"/> gives the first two, <see cref="JacobianModulus"/> the third.</summary>
public sealed record NetworkConstants
{
    /// <param name="lambda0">lambda_0 of Assumption 1 or 2; positive (0 means that the assumption fails).</param>
    /// <param name="lambdaN">lambda_n; at least lambda_0.</param>
    /// <param name="jacobianModulus">L, or an upper bound on it, which every theorem allows; at least 0 (0 for a linear model).</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is outside its range.</exception>
    public NetworkConstants(double lambda0, double lambdaN, double jacobianModulus)
    {
        Lambda0 = Argument.Positive(lambda0);
        LambdaN = Argument.AtLeast(lambda0, lambdaN);
        JacobianModulus = Argument.NotNegative(jacobianModulus);
    }

    /// <summary>lambda_0: 4 lambda_0^2 is the least eigenvalue of K(w_init) or J^T J(w_init).</summary>
    public double Lambda0 { get; }

    /// <summary>lambda_n: 4 lambda_n^2 is their greatest eigenvalue.</summary>
    public double LambdaN { get; }

    /// <summary>L, the Lipschitz modulus of w -> J(w) in the operator norm.</summary>
    public double JacobianModulus { get; }

    /// <summary>L/lambda_0^2, the unit in which every threshold on alpha is measured, beside <see cref="LossConstants.OutputDistance"/>.</summary>
    internal double Nonlinearity => JacobianModulus / (Lambda0 * Lambda0);
}
