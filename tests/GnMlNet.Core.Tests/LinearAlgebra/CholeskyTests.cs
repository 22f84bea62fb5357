using CsCheck;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class CholeskyTests
{
    private static readonly Gen<(int Size, int Seed)> Cases = Gen.Select(Gen.Int[1, 120], Gen.Int);

    [Fact]
    public void It_solves_what_MathNet_solves() => Cases.Sample((size, seed) =>
    {
        (SymmetricMatrix matrix, Matrix<double> dense) = PositiveDefinite(size, seed);
        double[] right = Problems.RandomVector(size, new Random(seed + 1));
        var factorization = new Cholesky(size, new WorkSharing(1));
        factorization.TryFactor(matrix, shift: 0.25).Should().BeTrue();

        double[] solution = [.. right];
        factorization.Solve(solution);

        Vector<double> expected = (dense + (0.25 * Matrix<double>.Build.DenseIdentity(size))).Cholesky().Solve(Vector<double>.Build.Dense(right));
        (expected - Vector<double>.Build.Dense(solution)).L2Norm().Should().BeLessThan(1e-10 * (1 + expected.L2Norm()));
    });

    [Theory, InlineData(200), InlineData(401)]
    public void The_number_of_threads_changes_no_bit(int size)
    {
        (SymmetricMatrix matrix, _) = PositiveDefinite(size, seed: 5);
        double[] one = Problems.RandomVector(size, new Random(1)), four = [.. one];
        Cholesky alone = new(size, new WorkSharing(1)), shared = new(size, new WorkSharing(4));
        alone.TryFactor(matrix, shift: 0.25).Should().BeTrue();
        shared.TryFactor(matrix, shift: 0.25).Should().BeTrue();
        alone.Solve(one);
        shared.Solve(four);
        four.Should().Equal(one);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_an_answer_not_an_exception() => Cases.Sample((size, seed) =>
    {
        (SymmetricMatrix matrix, Matrix<double> dense) = PositiveDefinite(size, seed);
        double smallest = dense.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);
        new Cholesky(size, new WorkSharing(1)).TryFactor(matrix, shift: -smallest - 1e-6).Should().BeFalse();
        new Cholesky(size, new WorkSharing(1)).TryFactor(matrix, shift: -smallest + 1e-6).Should().BeTrue();
    });

    [Fact]
    public void The_inverse_factor_gives_the_inverse_that_MathNet_gives() => Gen.Select(Gen.Int[1, 200], Gen.Int).Sample(
        (size, seed) =>
        {
            (SymmetricMatrix matrix, Matrix<double> dense) = PositiveDefinite(size, seed);
            var factorization = new Cholesky(size, new WorkSharing(1));
            factorization.TryFactor(matrix, shift: 0.25).Should().BeTrue();
            factorization.Invert();

            Matrix<double> triangle = Matrix<double>.Build.Dense(size, size, (i, j) => j < i ? 0 : factorization.InverseRow(i)[j - i]);
            Matrix<double> expected = (dense + (0.25 * Matrix<double>.Build.DenseIdentity(size))).Inverse();
            double scale = expected.L2Norm();
            (triangle.TransposeAndMultiply(triangle) - expected).L2Norm().Should().BeLessThan(1e-10 * scale);
            for (int i = 0; i < size; i++) factorization.InverseDiagonal(i).Should().BeApproximately(expected[i, i], 1e-10 * scale);
        },
        iter: 30);

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_pivot_that_is_not_finite_is_refused(double pivot)
    {
        var matrix = new SymmetricMatrix(2) { [0, 0] = 1, [1, 1] = pivot };
        new Cholesky(2, new WorkSharing(1)).TryFactor(matrix, 0).Should().BeFalse();
    }

    private static (SymmetricMatrix Matrix, Matrix<double> Dense) PositiveDefinite(int size, int seed)
    {
        var random = new Random(seed);
        Matrix<double> root = Matrix<double>.Build.Dense(size + 3, size, (_, _) => random.NextDouble() - 0.5);
        Matrix<double> dense = root.TransposeThisAndMultiply(root);
        var matrix = new SymmetricMatrix(size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++) matrix[i, j] = dense[i, j];
        }

        return (matrix, dense);
    }
}
