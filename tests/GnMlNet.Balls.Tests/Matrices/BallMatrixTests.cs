using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class BallMatrixTests
{
    [Fact]
    public void Products_enclose_the_products_of_all_matrices_within() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 14], Gen.Int[1, 14], Gen.Int[1, 200], Gen.Int[0, 3], Gen.Int).Sample(
            (rows, m, n, bits, sides, seed) =>
            {
                var random = new Random(seed);
                BallMatrix a = Ball(random, rows, m, bits, (RadiusSide)(sides % 2)), b = Ball(random, rows, n, bits, (RadiusSide)(sides / 2));
                BallMatrix product = BallMatrix.TransposeMultiply(a, b), same = BallMatrix.Multiply(a.Transpose(), b);
                BallMatrix gram = BallMatrix.Gram(a), rounded = BallMatrix.Gram(a.RoundTo(20));
                foreach (bool isCorner in new[] { true, false })
                {
                    Dyadic[] x = Member(random, a, isCorner), y = Member(random, b, isCorner);
                    ShouldEnclose(product, x, y, rows);
                    ShouldEnclose(same, x, y, rows);
                    ShouldEnclose(gram, x, x, rows);
                    ShouldEnclose(rounded, x, x, rows);
                }
            },
            iter: 150);

    [Fact]
    public void Radii_of_a_product_are_those_of_its_worst_member()
    {
        // (1 +- e)(1 +- e) summed twice: 2 (2 e + e^2).
        Magnitude e = Magnitude.PowerOfTwo(-10);
        var ones = IntegerMatrix.FromEntries(2, 1, [1, 1]);
        Dyadic expected = new Dyadic((1 << 11) + 1, -20) * 2;
        foreach (BallMatrix a in new[] { new BallMatrix(ones, 0, [e, e], RadiusSide.Rows), new BallMatrix(ones, 0, [e], RadiusSide.Columns) })
        {
            Dyadic radius = BallMatrix.Gram(a).Radii[0].ToDyadic();
            (radius >= expected && radius - expected < Dyadic.One << -50).Should().BeTrue();
        }
    }

    [Fact]
    public void Rounding_keeps_the_bits_asked_for_and_encloses_what_was() => Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Gen.Int).Sample(
        (bits, kept, seed) =>
        {
            var random = new Random(seed);
            BallMatrix ball = Ball(random, 3, 4, bits, RadiusSide.Columns), rounded = ball.RoundTo(kept);
            Dyadic[] member = Member(random, ball, true);
            for (int i = 0; i < 12; i++) rounded.Contains(i / 4, i % 4, member[i]).Should().BeTrue();
            if (ball.Midpoint.Bits > kept) rounded.Midpoint.Bits.Should().BeInRange(kept, kept + 23);
        },
        iter: 300);

    [Fact]
    public void Doubles_and_scaling_are_exact()
    {
        var ball = BallMatrix.Exact(1, 2, [0.1, -7]);
        ball.IsExact.Should().BeTrue();
        ball.MidpointAt(0, 0).Should().Be(Dyadic.FromDouble(0.1));
        ball.Scale(-3).MidpointAt(0, 1).Should().Be(Dyadic.FromDouble(-7.0 / 8));
        BallMatrix.Gram(ball).IsExact.Should().BeTrue();
        ball.Contains(0, 0, Dyadic.FromDouble(Math.BitIncrement(0.1))).Should().BeFalse();
        FluentActions.Invoking(() => new BallMatrix(ball.Midpoint, 0, new Magnitude[2], RadiusSide.Rows)).Should().Throw<ArgumentException>();
    }

    private static BallMatrix Ball(Random random, int rows, int columns, int bits, RadiusSide side)
    {
        var radii = new Magnitude[side == RadiusSide.Rows ? rows : columns];
        for (int i = 0; i < radii.Length; i++) radii[i] = random.Next(4) == 0 ? Magnitude.Zero : Magnitude.Of(random.NextDouble()) << random.Next(-30, bits + 2);
        return new BallMatrix(MatrixSamples.Matrix(random, rows, columns, bits), random.Next(-300, 300), radii, side).Scale(random.Next(-5, 5));
    }

    private static Dyadic[] Member(Random random, BallMatrix ball, bool isCorner)
    {
        var member = new Dyadic[ball.Rows * ball.Columns];
        for (int i = 0; i < member.Length; i++)
        {
            (int row, int column) = (i / ball.Columns, i % ball.Columns);
            Dyadic part = isCorner ? (random.Next(2) * 2) - 1 : Dyadic.FromDouble((random.NextDouble() * 2) - 1);
            member[i] = ball.MidpointAt(row, column) + (ball.RadiusAt(row, column).ToDyadic() * part);
        }

        return member;
    }

    private static void ShouldEnclose(BallMatrix product, Dyadic[] x, Dyadic[] y, int rows)
    {
        for (int i = 0; i < product.Rows; i++)
        {
            for (int j = 0; j < product.Columns; j++)
            {
                Dyadic sum = Dyadic.Zero;
                for (int k = 0; k < rows; k++) sum += x[(k * product.Rows) + i] * y[(k * product.Columns) + j];
                product.Contains(i, j, sum).Should().BeTrue();
            }
        }
    }
}
