using CsCheck;
using GnMlNet.Balls;
using GnMlNet.Ledger.Numbers;

namespace GnMlNet.Ledger.Tests.Numbers;

public class EigenvalueTests
{
    // (I - 2 v v^T/|v|^2) diag(d) (I - 2 v v^T/|v|^2) has the eigenvalues d.
    private static readonly Gen<(int[] Diagonal, int[] Vector)> Matrices =
        Gen.Int[1, 6].SelectMany(n => Gen.Select(Gen.Int[1, 1_000_000].Array[n], Gen.Int[1, 9].Array[n]));

    [Fact]
    public void Known_eigenvalues_are_enclosed_narrowly() => Matrices.Sample(sample =>
    {
        Real[] values = Eigenvalues.All(Matrix(sample.Diagonal, sample.Vector));
        int[] known = [.. sample.Diagonal.Order()];
        for (int i = 0; i < known.Length; i++)
        {
            values[i].Ball.Contains(new Dyadic(known[i], 0)).Should().BeTrue();
            (values[i].Ball.Radius < Magnitude.Of((double)known[i]) << -30).Should().BeTrue();
        }
    }, iter: 60);

    [Fact]
    public void The_inverse_by_the_factor_times_the_matrix_is_the_identity() => Matrices.Sample(sample =>
    {
        RealMatrix matrix = Matrix(sample.Diagonal, sample.Vector);
        SymmetricFactor factor = SymmetricFactor.TryFactor(matrix, 0)!;
        factor.IsPositiveDefinite.Should().BeTrue();
        RealMatrix difference = (matrix * factor.Inverse()) - RealMatrix.Of(matrix.Rows, matrix.Rows, (i, j) => i == j ? 1 : 0);
        difference.FrobeniusNorm().Ball.Contains(Dyadic.Zero).Should().BeTrue();
        (difference.FrobeniusNorm().Ball.AbsUpper() < Magnitude.PowerOfTwo(-60)).Should().BeTrue();
    }, iter: 60);

    [Fact]
    public void A_singular_matrix_has_an_eigenvalue_that_may_be_zero()
    {
        Real[] values = Eigenvalues.All(Matrix([0, 1, 4], [1, 2, 3]));
        values[0].Ball.Contains(Dyadic.Zero).Should().BeTrue();
        (values[0].Ball.AbsUpper() < Magnitude.PowerOfTwo(-60)).Should().BeTrue();
    }

    private static RealMatrix Matrix(int[] diagonal, int[] vector)
    {
        int n = diagonal.Length;
        Real square = new(Ball.Exact(vector.Sum(v => v * v)), 192);
        RealMatrix mirror = RealMatrix.Of(n, n, (i, j) => (i == j ? 1 : 0) - (2 * vector[i] * (Real)vector[j] / square));
        return RealMatrix.Symmetric(n, (i, j) => Enumerable.Range(0, n).Select(k => mirror[i, k] * diagonal[k] * mirror[j, k]).Aggregate((a, b) => a + b));
    }
}
