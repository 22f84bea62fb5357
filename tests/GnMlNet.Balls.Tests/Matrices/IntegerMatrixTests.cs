using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class IntegerMatrixTests
{
    [Fact]
    public void Entries_survive_and_sizes_bound_them_closely() => Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30], Gen.Int[1, 1100], Gen.Int).Sample(
        (rows, columns, bits, seed) =>
        {
            BigInteger[] entries = MatrixSamples.Entries(new Random(seed), rows * columns, bits);
            if (seed % 3 == 0) entries[0] = -(BigInteger.One << bits);
            if (seed % 5 == 0) entries[^1] = (BigInteger.One << bits) - 1;
            var matrix = IntegerMatrix.FromEntries(rows, columns, entries);
            matrix.ToEntries().Should().Equal(entries);
            for (int i = 0; i < entries.Length; i += 7) matrix[i / columns, i % columns].Should().Be(entries[i]);
            matrix.Transpose().ToEntries().Should().Equal(MatrixSamples.Transpose(entries, rows, columns));
            BigInteger greatest = entries.Max(BigInteger.Abs);
            (greatest <= BigInteger.One << matrix.Bits).Should().BeTrue();
            (matrix.Bits <= (long)greatest.GetBitLength() + 1).Should().BeTrue();
            Dyadic size = matrix.SizeOf(0, 0).ToDyadic(), exact = new Dyadic(BigInteger.Abs(entries[0]), 0);
            (size >= exact && (size - exact) << 40 <= exact).Should().BeTrue();
        },
        iter: 300);

    [Fact]
    public void Sums_differences_and_blocks_are_exact() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 300], Gen.Int[1, 300], Gen.Int).Sample(
        (rows, columns, bitsA, bitsB, seed) =>
        {
            var random = new Random(seed);
            BigInteger[] a = MatrixSamples.Entries(random, rows * columns, bitsA), b = MatrixSamples.Entries(random, rows * columns, bitsB);
            IntegerMatrix x = IntegerMatrix.FromEntries(rows, columns, a), y = IntegerMatrix.FromEntries(rows, columns, b);
            (x + y).ToEntries().Should().Equal(a.Zip(b, (u, v) => u + v));
            (x - y).ToEntries().Should().Equal(a.Zip(b, (u, v) => u - v));
            (x - x).IsZero.Should().BeTrue();
            int row = random.Next(rows), column = random.Next(columns);
            IntegerMatrix block = x.Block(row, column, rows - row, columns - column);
            block[0, 0].Should().Be(a[(row * columns) + column]);
            block[rows - row - 1, columns - column - 1].Should().Be(a[^1]);
        },
        iter: 300);

    [Fact]
    public void Leaving_out_digits_errs_by_less_than_the_stated_part_of_a_unit() => Gen.Select(Gen.Int[1, 300], Gen.Int[1, 5], Gen.Int).Sample(
        (bits, digits, seed) =>
        {
            IntegerMatrix matrix = MatrixSamples.Matrix(new Random(seed), 5, 3, bits), cut = matrix.ShiftDigits(-digits);
            BigInteger unit = BigInteger.One << (22 * digits);
            Dyadic allowed = (IntegerMatrix.RoundingError << (22 * digits)).ToDyadic();
            for (int i = 0; i < 15; i++) (new Dyadic(BigInteger.Abs(matrix[i / 3, i % 3] - (cut[i / 3, i % 3] * unit)), 0) <= allowed).Should().BeTrue();
            cut.ShiftDigits(digits).ToEntries().Should().Equal(cut.ToEntries().Select(entry => entry * unit));
        },
        iter: 500);

    [Fact]
    public void Doubles_are_taken_exactly()
    {
        double[] values = [0.1, -3, 1e300, double.Epsilon, 0, -double.MaxValue];
        var matrix = IntegerMatrix.FromDoubles(2, 3, values, out long exponent);
        for (int i = 0; i < 6; i++) new Dyadic(matrix[i / 3, i % 3], exponent).Should().Be(Dyadic.FromDouble(values[i]));
        IntegerMatrix.FromDoubles(1, 2, [0, 0], out exponent).IsZero.Should().BeTrue();
        exponent.Should().Be(0);
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        IntegerMatrix matrix = MatrixSamples.Matrix(new Random(1), 2, 3, 10);
        FluentActions.Invoking(() => IntegerMatrix.FromEntries(2, 2, new BigInteger[3])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => matrix[2, 0]).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => matrix + matrix.Transpose()).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ExactProduct.Multiply(matrix, matrix)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => IntegerMatrix.FromDoubles(1, 1, [double.NaN], out _)).Should().Throw<ArgumentException>();
    }
}
