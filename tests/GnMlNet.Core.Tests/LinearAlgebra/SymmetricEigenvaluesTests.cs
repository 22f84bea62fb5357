using CsCheck;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class SymmetricEigenvaluesTests
{
    [Fact]
    public void They_are_the_values_that_a_matrix_was_made_from() => Gen.Select(Gen.Int[1, 60], Gen.Int[0, 100000], Gen.Double[-200, 200]).Sample(
        (size, seed, magnitude) =>
        {
            // Q diag(values) Q^T with Q orthogonal; clusters and zeros among the values.
            var random = new Random(seed);
            double unit = Math.Pow(10, magnitude);
            double[] values = [.. Enumerable.Range(0, size).Select(i => (i % 3) switch { 0 => 0, 1 => 1, _ => Math.Pow(10, (10 * random.NextDouble()) - 8) - 0.5 }).Order()];
            Matrix<double> q = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextDouble() - 0.5).QR().Q;
            Matrix<double> a = q * Matrix<double>.Build.DenseOfDiagonalArray(values) * q.Transpose();
            double[] found = SymmetricEigenvalues.Of(Fill(size, (i, j) => unit * a[i, j]));
            double largest = values.Max(Math.Abs);
            for (int i = 0; i < size; i++) (found[i] / unit).Should().BeApproximately(values[i], 1e-14 * size * Math.Max(largest, 1e-300));
        },
        iter: 200);

    [Fact]
    public void Diagonal_empty_rows_and_matrices_of_one_entry_are_no_special_cases()
    {
        SymmetricEigenvalues.Of(Fill(4, (i, j) => i == j ? 3 - i : 0)).Should().Equal(0, 1, 2, 3);
        SymmetricEigenvalues.Of(Fill(1, (_, _) => -2)).Should().Equal(-2);
        SymmetricEigenvalues.Of(Fill(5, (_, _) => 0)).Should().OnlyContain(value => value == 0);
    }

    [Fact]
    public void A_matrix_that_is_not_finite_has_none() =>
        SymmetricEigenvalues.Of(Fill(3, (i, j) => i == 2 && j == 0 ? double.NaN : 1)).Should().OnlyContain(value => double.IsNaN(value));

    private static SymmetricMatrix Fill(int size, Func<int, int, double> entry)
    {
        var matrix = new SymmetricMatrix(size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++) matrix[i, j] = entry(i, j);
        }

        return matrix;
    }
}
