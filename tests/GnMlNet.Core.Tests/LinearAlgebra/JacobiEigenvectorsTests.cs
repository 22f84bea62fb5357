using CsCheck;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class JacobiEigenvectorsTests
{
    // P is the positive part of C if and only if P and P - C are positive semidefinite and their product is 0.
    [Fact]
    public void The_positive_part_and_what_it_adds_are_positive_semidefinite_and_orthogonal() => Gen.Select(Gen.Int[1, 70], Gen.Int).Sample(
        (size, seed) =>
        {
            Matrix<double> matrix = Random(size, seed), positive = PositivePart(matrix), rest = positive - matrix;
            double scale = matrix.FrobeniusNorm();
            positive.IsSymmetric().Should().BeTrue();
            Least(positive).Should().BeGreaterThan(-1e-11 * scale);
            Least(rest).Should().BeGreaterThan(-1e-11 * scale);
            (positive * rest).FrobeniusNorm().Should().BeLessThan(1e-10 * scale * scale);
        },
        iter: 60);

    [Fact]
    public void What_is_positive_semidefinite_stays_and_what_is_negative_semidefinite_vanishes()
    {
        Matrix<double> a = Random(9, 1), square = a * a;
        (PositivePart(square) - square).FrobeniusNorm().Should().BeLessThan(1e-12 * square.FrobeniusNorm());
        PositivePart(-square).FrobeniusNorm().Should().BeLessThan(1e-12 * square.FrobeniusNorm());
    }

    [Theory, InlineData(0), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Zeros_and_what_is_not_finite_give_zeros(double entry)
    {
        double[] matrix = [.. Enumerable.Repeat(entry, 16)];
        new JacobiEigenvectors(4).TakePositivePart(matrix);
        matrix.Should().OnlyContain(value => value == 0);
    }

    private static Matrix<double> Random(int size, int seed)
    {
        var random = new Random(seed);
        Matrix<double> half = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextDouble() - 0.5);
        return half + half.Transpose();
    }

    private static Matrix<double> PositivePart(Matrix<double> matrix)
    {
        double[] values = matrix.ToRowMajorArray();
        new JacobiEigenvectors(matrix.RowCount).TakePositivePart(values);
        return Matrix<double>.Build.DenseOfRowMajor(matrix.RowCount, matrix.RowCount, values);
    }

    private static double Least(Matrix<double> matrix) => matrix.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real);
}
