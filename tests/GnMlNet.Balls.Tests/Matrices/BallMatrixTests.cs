using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class BallMatrixTests
{
    [Fact]
    public void Products_enclose_the_products_of_all_matrices_within() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 14], Gen.Int[1, 200], Gen.Int).Sample(
            (rows, columns, bits, seed) =>
            {
                var random = new Random(seed);
                BallMatrix a = Ball(random, rows, columns, bits), gram = BallMatrix.Gram(a), rounded = BallMatrix.Gram(a.RoundTo(20));
                foreach (bool isCorner in new[] { true, false })
                {
                    Dyadic[] x = Member(random, a, isCorner);
                    ShouldEnclose(gram, x, rows);
                    ShouldEnclose(rounded, x, rows);
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
        Dyadic radius = BallMatrix.Gram(new BallMatrix(ones, 0, [e, e])).Radii[0].ToDyadic();
        (radius >= expected && radius - expected < Dyadic.One << -50).Should().BeTrue();
    }

    [Fact]
    public void Rounding_keeps_the_bits_asked_for_and_encloses_what_was() => Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Gen.Int).Sample(
        (bits, kept, seed) =>
        {
            var random = new Random(seed);
            BallMatrix ball = Ball(random, 3, 4, bits), rounded = ball.RoundTo(kept);
            Dyadic[] member = Member(random, ball, true);
            for (int i = 0; i < 12; i++) Contains(rounded, i / 4, i % 4, member[i]).Should().BeTrue();
            if (ball.Midpoint.Bits > kept) rounded.Midpoint.Bits.Should().BeInRange(kept, kept + 23);
        },
        iter: 300);

    [Fact]
    public void Doubles_are_exact()
    {
        var ball = MatrixSamples.Exact(1, 2, [0.1, -7]);
        ball.Radii.ToArray().Should().OnlyContain(radius => radius.IsZero);
        ball.MidpointAt(0, 0).Should().Be(Dyadic.FromDouble(0.1));
        BallMatrix.Gram(ball).Radii.ToArray().Should().OnlyContain(radius => radius.IsZero);
        Contains(ball, 0, 0, Dyadic.FromDouble(Math.BitIncrement(0.1))).Should().BeFalse();
        FluentActions.Invoking(() => new BallMatrix(ball.Midpoint, 0, new Magnitude[2])).Should().Throw<ArgumentException>();
    }

    private static BallMatrix Ball(Random random, int rows, int columns, int bits)
    {
        var radii = new Magnitude[rows];
        for (int i = 0; i < radii.Length; i++) radii[i] = random.Next(4) == 0 ? Magnitude.Zero : Magnitude.Of(random.NextDouble()) << random.Next(-30, bits + 2);
        return new BallMatrix(MatrixSamples.Matrix(random, rows, columns, bits), random.Next(-300, 300), radii);
    }

    private static Dyadic[] Member(Random random, BallMatrix ball, bool isCorner)
    {
        var member = new Dyadic[ball.Rows * ball.Columns];
        for (int i = 0; i < member.Length; i++)
        {
            (int row, int column) = (i / ball.Columns, i % ball.Columns);
            Dyadic part = isCorner ? (random.Next(2) * 2) - 1 : Dyadic.FromDouble((random.NextDouble() * 2) - 1);
            member[i] = ball.MidpointAt(row, column) + (ball.Radii[row].ToDyadic() * part);
        }

        return member;
    }

    private static void ShouldEnclose(BallMatrix gram, Dyadic[] x, int rows)
    {
        for (int i = 0; i < gram.Rows; i++)
        {
            for (int j = 0; j < gram.Columns; j++)
            {
                Dyadic sum = Dyadic.Zero;
                for (int k = 0; k < rows; k++) sum += x[(k * gram.Rows) + i] * x[(k * gram.Columns) + j];
                Contains(gram, i, j, sum).Should().BeTrue();
            }
        }
    }

    private static bool Contains(BallMatrix ball, int row, int column, Dyadic value) =>
        !ball.Radii[row].IsFinite || (ball.MidpointAt(row, column) - value).Abs() <= ball.Radii[row].ToDyadic();
}
