using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Theory;

/// <summary>
/// lambda_0 and lambda_n (Assumptions 1 and 2): half the least and the greatest singular value of J(w_init), from the eigenvalues of the smaller of its
/// two Gram matrices, K = J J^T (n x n, where p >= n) or J^T J (p x p, where p is less than n). In rounded double.
/// </summary>
public static class LinearizationSpectrum
{
    /// <summary>
    /// The eigenvalues, ascending, of the smaller Gram matrix of a Jacobian: min(n, p) of them, as squared singular values, so that small ones are not
    /// lost in the rounding of the matrix. For small cases: dense, about n p min(n, p) operations.
    /// </summary>
    /// <param name="jacobian">J, n x p, row by row; finite.</param>
    /// <param name="parameters">p, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is no positive multiple of p, or an entry is not finite.</exception>
    public static double[] GramEigenvalues(ReadOnlySpan<double> jacobian, int parameters)
    {
        int rows = Argument.Rows(jacobian, parameters, nameof(jacobian), nameof(parameters));
        double[] singular = Matrix<double>.Build.DenseOfRowMajor(rows, parameters, jacobian.ToArray()).Svd(computeVectors: false).S.ToArray();
        double[] eigenvalues = [.. singular.Select(value => value * value)];
        Array.Sort(eigenvalues);
        return eigenvalues;
    }

    /// <summary>
    /// lambda_0 = sqrt(lambda_min)/2 (Assumption 1 for p >= n, Assumption 2 for p less than n), or 0 where the assumption fails: an eigenvalue is 0, or
    /// rounding left it below 0.
    /// </summary>
    /// <param name="eigenvalues">All eigenvalues of K(w_init) or J^T J(w_init), in any order; at least one, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or one is not finite.</exception>
    public static double Lambda0(ReadOnlySpan<double> eigenvalues)
    {
        double least = double.PositiveInfinity;
        Argument.Rows(eigenvalues, 1, nameof(eigenvalues), "1");
        foreach (double eigenvalue in eigenvalues) least = Math.Min(least, eigenvalue);
        return Math.Sqrt(Math.Max(0, least)) / 2;
    }

    /// <summary>lambda_n = sqrt(lambda_max)/2 (Section 3: lambda_n^2 = |K_0|/4).</summary>
    /// <param name="eigenvalues">All eigenvalues of K(w_init) or J^T J(w_init), in any order; at least one, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or one is not finite.</exception>
    public static double LambdaN(ReadOnlySpan<double> eigenvalues)
    {
        double greatest = 0;
        Argument.Rows(eigenvalues, 1, nameof(eigenvalues), "1");
        foreach (double eigenvalue in eigenvalues) greatest = Math.Max(greatest, eigenvalue);
        return Math.Sqrt(greatest) / 2;
    }

    /// <summary>
    /// (2 lambda_0 - L delta)^2, below which no eigenvalue of the Gram matrix falls at distance delta from w_init (Weyl's inequality):
    /// lambda_0^2 at r_0, and 4 (1-r)^2 lambda_0^2 on B, which is (23) and Lemma 3. It is 0 from delta = 2 lambda_0/L on.
    /// </summary>
    /// <param name="network">The network's constants.</param>
    /// <param name="distance">delta = |w - w_init|; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distance"/> is negative or not finite.</exception>
    public static double FloorAt(NetworkConstants network, double distance)
    {
        ArgumentNullException.ThrowIfNull(network);
        double root = Math.Max(0, (2 * network.Lambda0) - (network.JacobianModulus * Argument.NotNegative(distance)));
        return root * root;
    }

    /// <summary>(2 lambda_n + L delta)^2, above which no eigenvalue of the Gram matrix rises at distance delta from w_init; Kbar of the repaired Theorem 2 at delta = r_0.</summary>
    /// <param name="network">The network's constants.</param>
    /// <param name="distance">delta = |w - w_init|; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distance"/> is negative or not finite.</exception>
    public static double CeilingAt(NetworkConstants network, double distance)
    {
        ArgumentNullException.ThrowIfNull(network);
        double root = (2 * network.LambdaN) + (network.JacobianModulus * Argument.NotNegative(distance));
        return root * root;
    }
}
