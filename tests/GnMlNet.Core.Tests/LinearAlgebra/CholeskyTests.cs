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

    [Theory, InlineData(144), InlineData(200), InlineData(401), InlineData(501)]
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
    public void The_factor_times_its_transpose_is_the_matrix_for_every_size()
    {
        for (int size = 1; size <= 200; size++) ShouldFactor(size);
        ShouldFactor(333);
    }

    [Fact]
    public void Any_pivot_that_is_not_a_positive_finite_number_is_found()
    {
        foreach (int size in (int[])[1, 7, 8, 9, 30, 144, 161, 200])
        {
            var factorization = new Cholesky(size, new WorkSharing(1));
            (SymmetricMatrix matrix, _) = PositiveDefinite(size, seed: 3);
            for (int k = 0; k < size; k++)
            {
                double good = matrix[k, k];
                foreach (double pivot in (double[])[-1, 0, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
                {
                    matrix[k, k] = pivot;
                    factorization.TryFactor(matrix, shift: 0).Should().BeFalse();
                }

                matrix[k, k] = good;
            }

            // Nothing that a failure leaves behind gets into the next factor.
            ShouldFactor(PositiveDefinite(size, seed: 4).Matrix, factorization);
        }
    }

    [Fact]
    public void Solved_rows_times_the_transposed_factor_are_the_rows_whatever_stands_beside_them() => Gen.Select(Gen.Int[1, 330], Gen.Int[1, 70], Gen.Int).Sample(
        (size, rows, seed) =>
        {
            var factorization = new Cholesky(size, new WorkSharing(1));
            factorization.TryFactor(PositiveDefinite(size, seed).Matrix, shift: 0.25).Should().BeTrue();
            var random = new Random(seed);
            RowMatrix solved = new(rows, size), single = new(1, size);
            for (int i = 0; i < rows; i++) Problems.RandomVector(size, random).CopyTo(solved.Row(i));
            int row = random.Next(rows);
            double[] right = solved.Row(row).ToArray();
            right.CopyTo(single.Row(0));

            factorization.SolveRows(solved, rows);

            double[] solution = solved.Row(row).ToArray();
            for (int j = 0; j < size; j++) Vectors.Dot(factorization.Row(j), solution.AsSpan(0, j + 1)).Should().BeApproximately(right[j], 1e-11);
            factorization.SolveRows(single, 1);
            single.Row(0).ToArray().Should().Equal(solution);
        },
        iter: 50);

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

    private static void ShouldFactor(int size) => ShouldFactor(PositiveDefinite(size, seed: size).Matrix, new Cholesky(size, new WorkSharing(1)));

    private static void ShouldFactor(SymmetricMatrix matrix, Cholesky factorization)
    {
        factorization.TryFactor(matrix, shift: 0.25).Should().BeTrue();
        double worst = 0;
        for (int i = 0; i < matrix.Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = Vectors.Dot(factorization.Row(j), factorization.Row(i)[..(j + 1)]);
                worst = Math.Max(worst, Math.Abs(product - matrix[i, j] - (i == j ? 0.25 : 0)));
            }
        }

        worst.Should().BeLessThan(1e-12 * (1 + matrix[0, 0]));
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
