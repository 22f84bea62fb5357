namespace GnMlNet.Core.Theory;

/// <summary>
/// L, the Lipschitz modulus of w -> J(w) in the operator norm, over all of R^p, for the network sum_i c_i sigma(x . w^(i)) with c_i = +1 or -1.
/// With d J/d w at w in direction delta having the block c_i diag(sigma''(x_j . w^(i)) (x_j . delta^(i))) X for unit i, the worst direction moves a single
/// unit, so L does not depend on m: L^2 is the supremum over w in R^d and |v| = 1 of sum_j sigma''(x_j . w)^2 (x_j . v)^4.
/// A theorem's hypothesis needs an upper bound on L, a refutation of its conclusion a lower one. All of it is rounded double, not certified.
/// </summary>
public static class JacobianModulus
{
    /// <summary>
    /// L is at most sigma_2 sqrt(lambda_max((X X^T) o (X X^T))), o entry by entry (n x n). Exact for one row; for d = 1 it is sigma_2 sqrt(sum_j x_j^4).
    /// From dense symmetric eigenvalues, since power iteration would come out too low; of the d(d+1)/2 square matrix of the products of inputs where that is smaller:
    /// for min(n, d(d+1)/2) up to some hundreds.
    /// </summary>
    /// <param name="curvatureBound">sigma_2, for example <see cref="Networks.Activation.CurvatureBound"/>; at least 0.</param>
    /// <param name="inputs">X, n x d, row by row; finite.</param>
    /// <param name="inputSize">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or the length of the inputs is no positive multiple of d.</exception>
    public static double UpperBound(double curvatureBound, ReadOnlySpan<double> inputs, int inputSize)
    {
        Argument.NotNegative(curvatureBound);
        Argument.Rows(inputs, inputSize, nameof(inputs), nameof(inputSize));
        return curvatureBound * InputMoments.Fourth(inputs, inputSize);
    }

    /// <summary>L is at most sigma_2 sqrt(lambda_max(sum_j |x_j|^2 x_j x_j^T)) (d x d): never below <see cref="UpperBound"/>, and cheaper for many inputs.</summary>
    /// <param name="curvatureBound">sigma_2; at least 0.</param>
    /// <param name="inputs">X, n x d, row by row; finite.</param>
    /// <param name="inputSize">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or the length of the inputs is no positive multiple of d.</exception>
    public static double LooserUpperBound(double curvatureBound, ReadOnlySpan<double> inputs, int inputSize)
    {
        Argument.NotNegative(curvatureBound);
        Argument.Rows(inputs, inputSize, nameof(inputs), nameof(inputSize));
        return curvatureBound * InputMoments.WeightedSecond(inputs, inputSize);
    }

    /// <summary>L is at least sigma_2 max_j |x_j|^2, where sigma'' attains sigma_2 in magnitude, as tanh'' and the logistic function's do.</summary>
    /// <param name="curvatureBound">sigma_2, attained; at least 0.</param>
    /// <param name="inputs">X, n x d, row by row; finite.</param>
    /// <param name="inputSize">d, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or the length of the inputs is no positive multiple of d.</exception>
    public static double LowerBound(double curvatureBound, ReadOnlySpan<double> inputs, int inputSize)
    {
        Argument.NotNegative(curvatureBound);
        Argument.Rows(inputs, inputSize, nameof(inputs), nameof(inputSize));
        return curvatureBound * InputMoments.GreatestSquaredNorm(inputs, inputSize);
    }
}
