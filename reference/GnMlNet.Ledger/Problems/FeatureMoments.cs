namespace GnMlNet.Ledger.Problems;

/// <summary>The bound on L for many rows of few components: (X X^T) o (X X^T), n x n, has the eigenvalues of the d(d+1)/2 square matrix of the products of components.</summary>
/// <remarks>
/// x_i . x_j squared is the inner product of the vectors of x_a^2 and sqrt(2) x_a x_b, a below b. So the n x n matrix is F F^T, F with those as its rows, and F^T F has the same
/// eigenvalues but for zeros.
/// </remarks>
internal sealed class FeatureMoments(Network network)
{
    internal Real JacobianModulusAbove(int bits)
    {
        int d = network.Dimension;
        Real root = Real.Exact(2, bits).Sqrt();
        (int A, int B)[] pairs = [.. from a in Enumerable.Range(0, d) from b in Enumerable.Range(a, d - a) select (a, b)];
        RealMatrix products = RealMatrix.Of(pairs.Length, network.Rows, (row, j) =>
        {
            (int a, int b) = pairs[row];
            Real product = network.Inputs[j, a] * network.Inputs[j, b];
            return a == b ? product : root * product;
        });
        return (network.Activation.GreatestCurvature(bits) * Eigenvalues.Greatest(products.RowGram()).Sqrt()).Greatest;
    }
}
