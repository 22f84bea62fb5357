using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class ExtremeEigenvaluesTests
{
    [Theory, InlineData(1e1), InlineData(1e8), InlineData(1e16), InlineData(1e24)]
    public void Both_ends_of_a_known_spectrum_are_enclosed_to_more_digits_than_a_double_has(double condition)
    {
        (ScaledIntegers matrix, Dyadic smallest, Dyadic largest) = KnownSpectrum.Of(condition);
        (EigenvalueBound below, EigenvalueBound above) = ExtremeEigenvalues.Enclose(matrix, Magnitude.Zero);
        Encloses(below, smallest);
        Encloses(above, largest);
    }

    [Fact]
    public void What_the_matrix_misses_widens_both_ends_by_its_norm()
    {
        (ScaledIntegers matrix, Dyadic smallest, _) = KnownSpectrum.Of(1e3);
        (EigenvalueBound exact, _) = ExtremeEigenvalues.Enclose(matrix, Magnitude.Zero);
        (EigenvalueBound wide, _) = ExtremeEigenvalues.Enclose(matrix, Magnitude.Of(smallest) << -10);
        (exact.Lower - wide.Lower >= smallest << -10).Should().BeTrue();
        (wide.Upper - exact.Upper >= smallest << -10).Should().BeTrue();
    }

    [Fact]
    public void A_singular_matrix_has_a_lower_bound_that_is_not_positive()
    {
        ScaledIntegers ones = ScaledIntegers.Of(2, 2, [1.0, 1.0, 1.0, 1.0]);
        (EigenvalueBound smallest, EigenvalueBound largest) = ExtremeEigenvalues.Enclose(ones, Magnitude.Zero);
        (smallest.Lower <= Dyadic.Zero && smallest.Upper >= Dyadic.Zero).Should().BeTrue();
        Encloses(largest, 2);
    }

    private static void Encloses(EigenvalueBound bound, Dyadic value)
    {
        (bound.Lower <= value && value <= bound.Upper).Should().BeTrue();
        ((bound.Upper - bound.Lower).ToDouble() / value.ToDouble()).Should().BeLessThan(1e-15);
    }
}
