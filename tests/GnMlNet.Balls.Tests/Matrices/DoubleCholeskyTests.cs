using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class DoubleCholeskyTests
{
    [Theory, InlineData(1e2), InlineData(1e6), InlineData(1e10), InlineData(1e12)]
    public void The_lower_bound_of_the_smallest_eigenvalue_is_below_it_and_close(double condition)
    {
        (ScaledIntegers matrix, Dyadic smallest, _) = KnownSpectrum.Of(condition);
        Dyadic bound = DoubleCholesky.LowerBound(matrix)!.Value;
        (bound <= smallest).Should().BeTrue();
        (bound.ToDouble() / smallest.ToDouble()).Should().BeGreaterThan(0.4);
    }

    [Fact]
    public void A_matrix_that_is_singular_or_indefinite_or_beyond_double_precision_has_no_bound()
    {
        ScaledIntegers Matrix(params double[] entries) => ScaledIntegers.Of(2, 2, entries);
        DoubleCholesky.LowerBound(Matrix(1, 1, 1, 1)).Should().BeNull();
        DoubleCholesky.LowerBound(Matrix(1, 2, 2, 1)).Should().BeNull();
        DoubleCholesky.LowerBound(Matrix(0, 0, 0, 0)).Should().BeNull();
        DoubleCholesky.LowerBound(Matrix(1, 1, 1, 1 + (4 * double.Epsilon))).Should().BeNull();
        DoubleCholesky.LowerBound(Matrix(1, 1, 1, Math.BitIncrement(1))).Should().BeNull();
        DoubleCholesky.LowerBound(Matrix(2, 1, 1, 2))!.Value.ToDouble().Should().BeInRange(0.9, 1);
    }
}
