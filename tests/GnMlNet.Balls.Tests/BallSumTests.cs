using CsCheck;
using static GnMlNet.Balls.Tests.BallArithmeticTests;

namespace GnMlNet.Balls.Tests;

/// <summary>The exact sum of points and of products of points is in the sum of balls: decided by integers.</summary>
public class BallSumTests
{
    [Fact]
    public void Sums_of_points_and_products_of_points_are_in_the_sum() => Repeat(20_000, 11, random =>
    {
        BallSum sum = default;
        Dyadic exact = Dyadic.Zero;
        int spread = random.Next(0, 3) switch { 0 => 3, 1 => 80, _ => 600 };
        for (int k = random.Next(0, 12); k > 0; k--)
        {
            (Ball a, Ball b, int bits) = (random.Ball(-spread, spread), random.Ball(-spread, spread), random.Bits());
            (Dyadic x, Dyadic y) = (random.Point(a), random.Point(b));
            switch (random.Next(0, 4))
            {
                case 0: sum.Add(a, bits); exact += x; break;
                case 1: sum.SubtractProduct(a, b, bits); exact -= x * y; break;
                default: sum.AddProduct(a, b, bits); exact += x * y; break;
            }

            // What has been added may go again, but for the errors.
            if (random.Next(0, 6) == 0)
            {
                sum.AddProduct(Ball.Exact(-exact), Ball.One, bits);
                exact = Dyadic.Zero;
            }
        }

        sum.ToBall().Contains(exact).Should().BeTrue();
    });

    [Fact]
    public void The_sum_is_as_narrow_as_one_rounding_and_the_radii_of_the_terms() => Repeat(10_000, 12, random =>
    {
        BallSum sum = default;
        int bits = random.Next(20, 400), count = random.Next(1, 40);
        Magnitude radii = Magnitude.Zero, greatest = Magnitude.Zero;
        for (int k = 0; k < count; k++)
        {
            (Ball a, Ball b) = (random.NarrowBall(-40, 40), random.NarrowBall(-40, 40));
            sum.AddProduct(a, b, bits);
            Ball product = Ball.Multiply(a, b, 2000);
            radii += product.Radius;
            greatest = Magnitude.Max(greatest, Magnitude.Of(product.Midpoint));
        }

        // Half a unit of the last place of the sum, which is at most 2^6 terms, and of each term less than 2^-14 of a unit of the greatest.
        Magnitude rounding = (Magnitude.Of(sum.ToBall().Midpoint) << -bits) + (greatest << (6 - bits - 14));
        (sum.ToBall().Radius <= radii + rounding + ((radii + rounding) << -30)).Should().BeTrue();
    });

    [Fact]
    public void Short_numbers_are_added_exactly() => Gen.Int[-1000, 1000].Array[0, 20].Sample(numbers =>
    {
        BallSum sum = default;
        foreach (int number in numbers) sum.AddProduct(Ball.Exact(number), Ball.Exact(3), 64);
        sum.ToBall().Should().Be(Ball.Exact(3 * numbers.Sum()));
    });

    [Fact]
    public void What_is_indeterminate_stays_so_whatever_is_added()
    {
        BallSum sum = default;
        sum.AddProduct(Ball.Zero, Ball.Indeterminate, 64);
        sum.Add(Ball.One, 64);
        sum.ToBall().IsFinite.Should().BeFalse();
    }

    [Fact]
    public void Terms_far_apart_cost_nothing_and_stay_sound()
    {
        BallSum sum = default;
        Ball huge = Ball.One << (1L << 50), tiny = Ball.One << -(1L << 50);
        foreach (Ball term in new[] { tiny, huge, Ball.One, tiny }) sum.Add(term, 64);
        (sum.ToBall().Contains(huge.Midpoint) && sum.ToBall().Radius >= Magnitude.One).Should().BeTrue();
        sum.Add(Ball.Negate(huge), 64);
        sum.ToBall().Contains(Dyadic.One).Should().BeTrue();
    }
}
