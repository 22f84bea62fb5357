using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class SpectrumTests
{
    [Fact]
    public void Known_spectra_are_enclosed_closely_to_condition_1e24() => Gen.Select(Gen.Int[2, 40], Gen.Int[2, 24], Gen.Int).Sample(
        (size, digits, seed) =>
        {
            var random = new Random(seed);
            BigInteger greatest = BigInteger.Pow(10, digits);
            BigInteger[] eigenvalues = Enumerable.Range(0, size).Select(i => i == 0 ? BigInteger.One : i == 1 ? greatest : BigInteger.Pow(10, random.Next(digits + 1))).ToArray();
            (IntegerMatrix matrix, BigInteger factor) = MatrixSamples.WithSpectrum(random, eigenvalues);
            SpectrumBound bound = SmallestEigenvalue.Bound(BallMatrix.Exact(matrix, 0));
            bound.IsPositiveDefinite.Should().Be(Verdict.Proved);
            var smallest = new Dyadic(factor, 0);
            (bound.Lower <= smallest && bound.Upper >= smallest).Should().BeTrue();
            (bound.Lower * 11 >= smallest * 10 && bound.Upper * 10 <= smallest * 11).Should().BeTrue();
            EigenvalueBound top = LargestEigenvalue.Bound(BallMatrix.Exact(matrix, 0));
            var largest = new Dyadic(factor * greatest, 0);
            (top.Lower <= largest && top.Upper >= largest && top.Upper * 10 <= largest * 11).Should().BeTrue();
            (top.Lower * 11 >= largest * 10).Should().BeTrue();
        },
        iter: 25);

    [Fact]
    public void Hilbert_matrices_are_positive_definite()
    {
        foreach (int size in new[] { 1, 2, 5, 13, 18, 25 })
        {
            BigInteger multiple = Enumerable.Range(1, 2 * size).Aggregate(BigInteger.One, (l, k) => l * k / BigInteger.GreatestCommonDivisor(l, k));
            BigInteger[] entries = Enumerable.Range(0, size * size).Select(i => multiple / ((i / size) + (i % size) + 1)).ToArray();
            SpectrumBound bound = SmallestEigenvalue.Bound(BallMatrix.Exact(IntegerMatrix.FromEntries(size, size, entries), 0));
            bound.IsPositiveDefinite.Should().Be(Verdict.Proved);
            (bound.Lower * 11 >= bound.Upper * 10).Should().BeTrue();
        }
    }

    [Fact]
    public void Singular_matrices_are_never_called_positive_definite() => Gen.Select(Gen.Int[2, 30], Gen.Int[1, 300], Gen.Int).Sample(
        (size, bits, seed) =>
        {
            var random = new Random(seed);
            int rank = random.Next(1, size);
            IntegerMatrix gram = ExactProduct.Gram(MatrixSamples.Matrix(random, rank, size, bits));
            SpectrumBound bound = SmallestEigenvalue.Bound(BallMatrix.Exact(gram, random.Next(-50, 50)), 256);
            bound.IsPositiveDefinite.Should().NotBe(Verdict.Proved);
            (bound.Lower.Sign <= 0 && bound.Upper.Sign >= 0).Should().BeTrue();
            (bound.Upper <= LargestEigenvalue.Bound(BallMatrix.Exact(gram, 0)).Upper << 60).Should().BeTrue();
        },
        iter: 30);

    [Fact]
    public void Indefinite_matrices_are_refuted_and_enclosed() => Gen.Select(Gen.Int[2, 30], Gen.Int[1, 18], Gen.Int).Sample(
        (size, digits, seed) =>
        {
            var random = new Random(seed);
            BigInteger[] eigenvalues = Enumerable.Range(0, size).Select(i => i == 0 ? -BigInteger.One : BigInteger.Pow(10, random.Next(1, digits + 1))).ToArray();
            (IntegerMatrix matrix, BigInteger factor) = MatrixSamples.WithSpectrum(random, eigenvalues);
            SpectrumBound bound = SmallestEigenvalue.Bound(BallMatrix.Exact(matrix, 0), 512);
            bound.IsPositiveDefinite.Should().Be(Verdict.Refuted);
            var smallest = new Dyadic(-factor, 0);
            (bound.Lower <= smallest && smallest <= bound.Upper).Should().BeTrue();
        },
        iter: 25);

    [Fact]
    public void Radii_count()
    {
        // Eigenvalues 1 and 3; radii r on all entries move the smallest by at most 2 r, and down by 2 r at a corner.
        var matrix = IntegerMatrix.FromEntries(2, 2, [2, 1, 1, 2]);
        foreach ((double radius, Verdict verdict) in new[] { (0.25, Verdict.Proved), (0.49, Verdict.Proved), (0.51, Verdict.Undecided), (10, Verdict.Undecided) })
        {
            SpectrumBound bound = SmallestEigenvalue.Bound(new BallMatrix(matrix, 0, [Magnitude.Of(radius), Magnitude.Of(radius)]), 256);
            if (radius != 0.49) bound.IsPositiveDefinite.Should().Be(verdict);
            (bound.Lower <= Dyadic.FromDouble(1 - (2 * radius)) && bound.Upper >= Dyadic.FromDouble(1 + radius)).Should().BeTrue();
        }

        var negative = IntegerMatrix.FromEntries(2, 2, [-2, 0, 0, 5]);
        SmallestEigenvalue.Bound(new BallMatrix(negative, 0, [Magnitude.One, Magnitude.One])).IsPositiveDefinite.Should().Be(Verdict.Refuted);
        SmallestEigenvalue.Bound(MatrixSamples.Exact(1, 1, [0])).IsPositiveDefinite.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void A_corrupted_factor_widens_the_certificate_or_fails_but_never_lies() => Gen.Select(Gen.Int[1, 25], Gen.Int[-100, 100], Gen.Int).Sample(
        (size, power, seed) =>
        {
            var random = new Random(seed);
            BigInteger[] eigenvalues = Enumerable.Range(0, size).Select(i => BigInteger.Pow(10, i == 0 ? 0 : random.Next(7))).ToArray();
            (IntegerMatrix matrix, BigInteger factor) = MatrixSamples.WithSpectrum(random, eigenvalues);
            BallMatrix ball = BallMatrix.Exact(matrix, 0);
            ApproximateCholesky cholesky = ApproximateCholesky.TryFactor(matrix, 128)!;
            long exponent = (cholesky.ScaleExponent / 2) - (22L * cholesky.FractionDigits);
            InverseFactorCertificate whole = InverseFactorCertificate.TryProve(ball, cholesky.Inverse, exponent)!;
            whole.Should().NotBeNull();
            var smallest = new Dyadic(factor, 0);
            (whole.Lower <= smallest && whole.Lower * 11 >= smallest * 10).Should().BeTrue();

            BigInteger[] entries = cholesky.Inverse.ToEntries();
            int at = random.Next(entries.Length);
            entries[at] += random.Next(3) switch
            {
                0 => -2 * entries[at],
                1 => -entries[at],
                _ => BigInteger.Pow(-2, Math.Max(0, (22 * cholesky.FractionDigits) + power)),
            };
            var mutated = InverseFactorCertificate.TryProve(ball, IntegerMatrix.FromEntries(size, size, entries), exponent);
            if (mutated is not null) (mutated.Lower <= smallest && mutated.Lower.Sign > 0).Should().BeTrue();
        },
        iter: 150);

    [Fact]
    public void No_factor_proves_a_singular_matrix_positive_definite() => Gen.Select(Gen.Int[2, 12], Gen.Int).Sample(
        (size, seed) =>
        {
            var random = new Random(seed);
            IntegerMatrix singular = ExactProduct.Gram(MatrixSamples.Matrix(random, size - 1, size, 20));
            // The factor of a matrix a hair away, which is positive definite.
            IntegerMatrix near = singular.ShiftDigits(4) + IntegerMatrix.ScaledIdentity(size, random.Next(88));
            ApproximateCholesky factor = ApproximateCholesky.TryFactor(near, 256)!;
            long exponent = (factor.ScaleExponent / 2) - (22L * factor.FractionDigits);
            InverseFactorCertificate.TryProve(BallMatrix.Exact(near, 0), factor.Inverse, exponent).Should().NotBeNull();
            InverseFactorCertificate.TryProve(BallMatrix.Exact(singular.ShiftDigits(4), 0), factor.Inverse, exponent).Should().BeNull();
        },
        iter: 50);

    [Fact]
    public void Midpoints_that_are_not_symmetric_are_refused()
    {
        BallMatrix matrix = MatrixSamples.Exact(2, 2, [1, 2, 3, 4]);
        FluentActions.Invoking(() => SmallestEigenvalue.Bound(matrix)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => LargestEigenvalue.Bound(matrix)).Should().Throw<ArgumentException>();
    }
}
