using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Numbers;

namespace GnMlNet.Reference.Systems;

/// <summary>The tangent kernel K = J J^T, n x n, from an enclosed J.</summary>
/// <remarks>With J = M + E, |J J^T - M M^T|_2 &lt;= 2 |M|_F |E|_F + |E|_F^2, and |E|_F^2 is at most n times the sum of the squared column errors.</remarks>
internal static class KernelEnclosure
{
    internal static (ScaledIntegers Matrix, Magnitude Error) Of(JacobianEnclosure jacobian, ExactKernels kernels)
    {
        ScaledIntegers m = jacobian.Values;
        var transposed = new BigInteger[m.Values.Length];
        for (int j = 0; j < m.Rows; j++)
        {
            for (int a = 0; a < m.Columns; a++) transposed[(a * m.Rows) + j] = m[j, a];
        }

        Magnitude error = Norms.Euclidean(jacobian.ColumnErrors) * Magnitude.Of((double)m.Rows).SquareRoot();
        var kernel = new ScaledIntegers(m.Rows, m.Rows, 2 * m.Exponent, kernels.SymmetricProduct(transposed, transposed, m.Columns, m.Rows));
        return (kernel, ((m.FrobeniusNorm() * error) << 1) + (error * error));
    }
}
