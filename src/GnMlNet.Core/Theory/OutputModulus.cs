namespace GnMlNet.Core.Theory;

/// <summary>Lip_f, the Lipschitz modulus of w -> f(w) (Theorem 2), for the network sum_i c_i sigma(x . w^(i)) with c_i = +1 or -1. In rounded double.</summary>
public static class OutputModulus
{
    /// <summary>Theorem 2's bound sigma_1 sqrt(m sum_j |x_j|^2).</summary>
    /// <param name="slopeBound">sigma_1, for example <see cref="Networks.Activation.SlopeBound"/>; at least 0.</param>
    /// <param name="hiddenSize">m, at least 1.</param>
    /// <param name="inputs">X, n x d, row by row; finite.</param>
    /// <param name="inputSize">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or the length of the inputs is no positive multiple of d.</exception>
    public static double PaperBound(double slopeBound, int hiddenSize, ReadOnlySpan<double> inputs, int inputSize)
    {
        Argument.NotNegative(slopeBound);
        Argument.Count(hiddenSize);
        Argument.Rows(inputs, inputSize, nameof(inputs), nameof(inputSize));
        return slopeBound * Math.Sqrt(hiddenSize) * InputMoments.Norm(inputs, inputSize);
    }

    /// <summary>
    /// sigma_1 sqrt(m lambda_max(X^T X)): the modulus itself where sigma' attains sigma_1 in one place for all rows, as at w = 0 for tanh and the
    /// logistic function; otherwise an upper bound. Never above <see cref="PaperBound"/>.
    /// </summary>
    /// <param name="slopeBound">sigma_1; at least 0.</param>
    /// <param name="hiddenSize">m, at least 1.</param>
    /// <param name="inputs">X, n x d, row by row; finite.</param>
    /// <param name="inputSize">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or the length of the inputs is no positive multiple of d.</exception>
    public static double Exact(double slopeBound, int hiddenSize, ReadOnlySpan<double> inputs, int inputSize)
    {
        Argument.NotNegative(slopeBound);
        Argument.Count(hiddenSize);
        Argument.Rows(inputs, inputSize, nameof(inputs), nameof(inputSize));
        return slopeBound * Math.Sqrt(hiddenSize) * InputMoments.Second(inputs, inputSize);
    }
}
