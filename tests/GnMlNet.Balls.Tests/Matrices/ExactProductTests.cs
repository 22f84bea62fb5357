using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class ExactProductTests
{
    [Fact]
    public void Products_of_any_shape_and_length_are_exact() => Gen.Select(Gen.Int[1, 70], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 1100], Gen.Int[1, 1100], Gen.Int).Sample(
        (rows, m, n, bitsA, bitsB, seed) =>
        {
            var random = new Random(seed);
            BigInteger[] a = MatrixSamples.Entries(random, rows * m, bitsA), b = MatrixSamples.Entries(random, rows * n, bitsB);
            IntegerMatrix x = IntegerMatrix.FromEntries(rows, m, a), y = IntegerMatrix.FromEntries(rows, n, b);
            BigInteger[] expected = MatrixSamples.TransposeMultiply(a, b, rows, m, n);
            ExactProduct.TransposeMultiply(x, y).ToEntries().Should().Equal(expected);
            ExactProduct.Multiply(x.Transpose(), y).ToEntries().Should().Equal(expected);
            BigInteger[] gram = MatrixSamples.TransposeMultiply(a, a, rows, m, m);
            ExactProduct.Gram(x).ToEntries().Should().Equal(gram);
            ExactProduct.SymmetricTransposeMultiply(a, a, rows, m).Should().Equal(gram);
            // A^T (A S) = (A^T A) S is symmetric for S = c I, with factors that are not one object.
            BigInteger[] multiple = Array.ConvertAll(a, entry => 3 * entry), tripled = Array.ConvertAll(gram, entry => 3 * entry);
            ExactProduct.SymmetricTransposeMultiply(a, multiple, rows, m).Should().Equal(tripled);
            ExactProduct.SymmetricTransposeMultiply(x, IntegerMatrix.FromEntries(rows, m, multiple)).ToEntries().Should().Equal(tripled);
        },
        iter: 25);

    [Theory]
    [InlineData(255), InlineData(256), InlineData(257), InlineData(511), InlineData(512), InlineData(513)]
    public void The_greatest_entries_are_multiplied_exactly_at_the_edges_of_a_chunk(int rows)
    {
        foreach (int bits in new[] { 21, 22, 43, 130 })
        {
            // All digits at their greatest, all bits set, and both with changing signs.
            BigInteger digits = 0;
            for (int t = 0; t < (bits + 21) / 22; t++) digits = (digits << 22) + (1 << 21);
            foreach (BigInteger entry in new[] { digits, (BigInteger.One << bits) - 1, BigInteger.One << bits })
            {
                BigInteger[] same = Enumerable.Repeat(entry, rows * 5).ToArray(), changing = same.Select((value, i) => i % 2 == 0 ? value : -value).ToArray();
                IntegerMatrix x = IntegerMatrix.FromEntries(rows, 5, same), y = IntegerMatrix.FromEntries(rows, 5, changing);
                ExactProduct.Gram(x).ToEntries().Should().AllBeEquivalentTo(rows * entry * entry);
                ExactProduct.TransposeMultiply(x, y).ToEntries().Should().Equal(MatrixSamples.TransposeMultiply(same, changing, rows, 5, 5));
            }
        }
    }

    [Fact]
    public void Digit_by_digit_is_the_same_as_by_residues_and_term_by_term() => Gen.Select(Gen.Int[1, 700], Gen.Int[1, 30], Gen.Int[1, 3], Gen.Int[1, 900], Gen.Int[1, 900], Gen.Int).Sample(
        (rows, m, n, bitsA, bitsB, seed) =>
        {
            var random = new Random(seed);
            IntegerMatrix a = MatrixSamples.Matrix(random, rows, m, bitsA), b = MatrixSamples.Matrix(random, rows, n, bitsB);
            BigInteger[] vector = MatrixSamples.Entries(random, rows, bitsB);
            ExactProduct.TransposeMultiply(a, vector).Should().Equal(MatrixSamples.TransposeMultiply(a.ToEntries(), vector, rows, m, 1));
            if (DigitProduct.TryMultiply(a, b) is not { } product) return;
            BigInteger[] entries = product.ToEntries();
            entries.Should().Equal(ResidueProduct.TrySetUp(a, b)!.Run().ToEntries());
            entries.Should().Equal(ExactProduct.Plainly(a, b).ToEntries());
        },
        iter: 60);

    [Theory]
    [InlineData(1, 1020), InlineData(1, 1024), InlineData(1, 1028), InlineData(1, 2049), InlineData(3, 340), InlineData(3, 341), InlineData(7, 1000)]
    public void The_greatest_digits_are_summed_exactly_at_the_edges_of_a_chunk(int digits, int rows)
    {
        BigInteger entry = 0;
        for (int t = 0; t < digits; t++) entry = (entry << 22) + (1 << 21);
        BigInteger[] same = Enumerable.Repeat(entry, rows).ToArray(), changing = same.Select((value, i) => i % 3 == 0 ? value : -value).ToArray();
        IntegerMatrix x = IntegerMatrix.FromEntries(rows, 1, same), y = IntegerMatrix.FromEntries(rows, 1, changing);
        x.Digit(0, 0, 0).Should().Be(1 << 21);
        DigitProduct.TryMultiply(x, x)![0, 0].Should().Be(rows * entry * entry);
        DigitProduct.TryMultiply(x, y)![0, 0].Should().Be(MatrixSamples.TransposeMultiply(same, changing, rows, 1, 1)[0]);
    }

    [Fact]
    public void The_greatest_residues_are_summed_exactly()
    {
        // Residues of these entries are (q - 1)/2 and (q + 1)/2 for the first prime.
        foreach (long value in new[] { ResiduePrimes.Prime(0) / 2, (ResiduePrimes.Prime(0) / 2) + 1, ResiduePrimes.Prime(1) / 2 })
        {
            foreach (int rows in new[] { 256, 512, 768 })
            {
                BigInteger[] a = Enumerable.Repeat((BigInteger)value, rows).ToArray();
                ExactProduct.Gram(IntegerMatrix.FromEntries(rows, 1, a))[0, 0].Should().Be((BigInteger)value * value * rows);
            }
        }
    }

    [Fact]
    public void The_constants_leave_room_for_a_chunk_of_256_rows()
    {
        ResiduePrimes.ChunkLength.Should().Be(256);
        BigInteger residue = ResiduePrimes.GreatestResidue;
        ((256 * residue * residue) + ResiduePrimes.Prime(0) <= BigInteger.One << 53).Should().BeTrue();
        Enumerable.Range(0, ResiduePrimes.MostPrimes).Select(ResiduePrimes.Prime).Should().OnlyHaveUniqueItems().And.BeInDescendingOrder();
        ResiduePrimes.Product(ResiduePrimes.CountFor(522)).Should().BeGreaterThan(BigInteger.One << 524);
        ResiduePrimes.Product(ResiduePrimes.CountFor(522) - 1).Should().BeLessThanOrEqualTo(BigInteger.One << 524);
    }

    [Fact]
    public void Entries_too_long_for_the_primes_are_multiplied_plainly()
    {
        IntegerMatrix a = MatrixSamples.Matrix(new Random(1), 3, 2, 3500), b = MatrixSamples.Matrix(new Random(2), 3, 2, 17000);
        ResidueProduct.TrySetUp(a, a).Should().BeNull();
        ResidueProduct.TrySetUp(b, MatrixSamples.Matrix(new Random(3), 3, 2, 5)).Should().BeNull();
        ExactProduct.Gram(a).ToEntries().Should().Equal(MatrixSamples.TransposeMultiply(a.ToEntries(), a.ToEntries(), 3, 2, 2));
    }

    [Fact]
    public void The_longest_entries_that_the_primes_allow_are_multiplied_exactly()
    {
        IntegerMatrix a = MatrixSamples.Matrix(new Random(1), 3, 2, 2990);
        ResidueProduct.TrySetUp(a, a)!.Run().ToEntries().Should().Equal(ExactProduct.Plainly(a, a).ToEntries());
    }
}
