using CsCheck;
using GnMlNet.Core.Objectives;
using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Tests.Objectives;

public class HuberWeightTests
{
    [Fact]
    public void Neither_the_force_nor_the_weighted_square_of_a_residual_is_without_bound() => Gen.Double[-60, 60].Sample(exponent =>
    {
        double z = Math.Pow(10, exponent / 2), w = HuberWeight.Of(z);
        w.Should().BePositive().And.BeLessThanOrEqualTo(1).And.Be(HuberWeight.Of(-z));
        (w * z).Should().BeLessThanOrEqualTo(HuberWeight.Threshold * (1 + 1e-12));
        (w * z * z).Should().BeLessThanOrEqualTo(HuberWeight.Threshold * HuberWeight.Far * (1 + 1e-12));
    });

    [Fact]
    public void The_weight_is_continuous_and_falls() => Gen.Double[0, 10].Sample(z =>
    {
        HuberWeight.Of(z + 1e-9).Should().BeLessThanOrEqualTo(HuberWeight.Of(z)).And.BeApproximately(HuberWeight.Of(z), 1e-8);
    });

    [Fact]
    public void Of_normal_noise_95_percent_of_the_efficiency_are_kept()
    {
        // (E psi')^2 / E psi^2 of psi(z) = w(z) z, by sums over a fine grid.
        double slope = 0, square = 0;
        const double step = 1e-4;
        for (double z = -9; z < 9; z += step)
        {
            double Psi(double at) => HuberWeight.Of(at) * at;
            double density = Normal.PDF(0, 1, z + (step / 2));
            slope += density * (Psi(z + step) - Psi(z));
            square += step * density * Math.Pow(Psi(z + (step / 2)), 2);
        }

        (slope * slope / square).Should().BeApproximately(0.95, 0.006);
    }
}
