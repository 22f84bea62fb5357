using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class CertifiedSolutionTests
{
    [Fact]
    public void The_exact_solution_is_inside_and_as_close_as_asked_to_condition_1e24() => Gen.Select(Gen.Int[1, 9], Gen.Int[2, 24], Gen.Int[1, 3], Gen.Int[20, 400], Gen.Int).Sample(
        (size, digits, columns, bits, seed) =>
        {
            var random = new Random(seed);
            (IntegerMatrix matrix, _) = MatrixSamples.WithSpectrum(random, Spectrum(random, size, digits));
            IntegerMatrix right = MatrixSamples.Matrix(random, size, columns, random.Next(1, 200));
            (int exponent, int rightExponent) = (random.Next(-90, 90), random.Next(-90, 90));
            CertifiedSolution found = CertifiedSolution.Of(BallMatrix.Exact(matrix, exponent), BallMatrix.Exact(right, rightExponent), bits);
            found.Spectrum.IsPositiveDefinite.Should().Be(Verdict.Proved);
            for (int j = 0; j < columns; j++)
            {
                Rational[] exact = Solve(Entries(matrix, exponent), Entries(right.Block(0, j, size, 1), rightExponent));
                ShouldContain(found, exact, j);
                Rational norm = exact.Aggregate(Zero, (sum, x) => sum + (x * x)), distance = Rational.Of(found.Distances[j].ToDyadic() << bits);
                (distance * distance).CompareTo(norm * new Rational(101, 100)).Should().BeLessThanOrEqualTo(0);
            }
        },
        iter: 60);

    [Fact]
    public void Solutions_of_all_systems_within_the_radii_are_inside() => Gen.Select(Gen.Int[1, 7], Gen.Int[2, 12], Gen.Int[-60, 3], Gen.Int).Sample(
        (size, digits, power, seed) =>
        {
            var random = new Random(seed);
            (IntegerMatrix matrix, BigInteger least) = MatrixSamples.WithSpectrum(random, Spectrum(random, size, digits));
            // Sums of radii from far below to above the smallest eigenvalue.
            Magnitude[] radii = [.. Enumerable.Range(0, size).Select(_ => random.Next(4) == 0 ? Magnitude.Zero : Magnitude.Of(random.NextDouble() * (double)least / size) << power)];
            Magnitude[] rightRadii = [.. Enumerable.Range(0, size).Select(_ => Magnitude.Of(random.NextDouble()) << power)];
            var ball = new BallMatrix(matrix, 0, radii);
            var right = new BallMatrix(MatrixSamples.Matrix(random, size, 1, 30), 0, rightRadii);
            CertifiedSolution found = CertifiedSolution.Of(ball, right, maximalBits: 256);
            if (power < -10) found.Spectrum.IsPositiveDefinite.Should().Be(Verdict.Proved);
            if (found.Solution is null) return;
            for (int member = 0; member < 4; member++)
            {
                var h = new Dyadic[size, size];
                var b = new Dyadic[size, 1];
                for (int i = 0; i < size; i++)
                {
                    for (int j = 0; j <= i; j++) h[i, j] = h[j, i] = ball.MidpointAt(i, j) + (Magnitude.Min(radii[i], radii[j]).ToDyadic() * ((2 * random.Next(2)) - 1));
                    b[i, 0] = right.MidpointAt(i, 0) + (rightRadii[i].ToDyadic() * ((2 * random.Next(2)) - 1));
                }

                ShouldContain(found, Solve(h, b), 0);
            }
        },
        iter: 60);

    [Fact]
    public void Singular_systems_are_never_solved() => Gen.Select(Gen.Int[2, 20], Gen.Int[1, 200], Gen.Int).Sample(
        (size, bits, seed) =>
        {
            var random = new Random(seed);
            IntegerMatrix gram = ExactProduct.Gram(MatrixSamples.Matrix(random, random.Next(1, size), size, bits));
            CertifiedSolution found = CertifiedSolution.Of(BallMatrix.Exact(gram, random.Next(-50, 50)), BallMatrix.Exact(MatrixSamples.Matrix(random, size, 1, 50), 0), maximalBits: 256);
            found.Spectrum.IsPositiveDefinite.Should().NotBe(Verdict.Proved);
            found.Solution.Should().BeNull();
            found.Distances.Should().BeEmpty();
        },
        iter: 20);

    [Fact]
    public void A_system_within_rounding_of_singular_is_undecided_until_the_bits_suffice() => Gen.Select(Gen.Int[2, 8], Gen.Int[27, 45], Gen.Int).Sample(
        (size, digits, seed) =>
        {
            var random = new Random(seed);
            (IntegerMatrix matrix, _) = MatrixSamples.WithSpectrum(random, Spectrum(random, size, digits));
            BallMatrix ball = BallMatrix.Exact(matrix, 0), right = BallMatrix.Exact(MatrixSamples.Matrix(random, size, 1, 50), 0);
            CertifiedSolution few = CertifiedSolution.Of(ball, right, maximalBits: 44), many = CertifiedSolution.Of(ball, right, maximalBits: 512);
            (few.Spectrum.IsPositiveDefinite, few.Solution).Should().Be((Verdict.Undecided, null));
            many.Spectrum.IsPositiveDefinite.Should().Be(Verdict.Proved);
            ShouldContain(many, Solve(Entries(matrix, 0), Entries(right.Midpoint, 0)), 0);
        },
        iter: 20);

    [Fact]
    public void A_corrupted_factor_or_solution_widens_the_bounds_but_never_lies() => Gen.Select(Gen.Int[1, 8], Gen.Int[-60, 60], Gen.Int).Sample(
        (size, power, seed) =>
        {
            var random = new Random(seed);
            (IntegerMatrix matrix, _) = MatrixSamples.WithSpectrum(random, Spectrum(random, size, 8));
            BallMatrix ball = BallMatrix.Exact(matrix, 0), right = BallMatrix.Exact(MatrixSamples.Matrix(random, size, 1, 40), 0);
            Rational[] exact = Solve(Entries(matrix, 0), Entries(right.Midpoint, 0));

            ApproximateCholesky factor = ApproximateCholesky.TryFactor(matrix, 128)!;
            BigInteger[] inverse = factor.Inverse.ToEntries();
            int at = random.Next(inverse.Length);
            inverse[at] += random.Next(2) == 0 ? -inverse[at] : BigInteger.Pow(-2, Math.Max(0, (22 * factor.FractionDigits) + (power / 2)));
            long exponent = (factor.ScaleExponent / 2) - (22L * factor.FractionDigits);
            if (InverseFactorCertificate.TryProve(ball, IntegerMatrix.FromEntries(size, size, inverse), exponent) is not { } certificate) return;
            var proof = new SpectrumProof(new SpectrumBound(Verdict.Proved, certificate.Lower, certificate.Lower, 128), certificate, 0);
            ShouldContain(CertifiedSolution.Of(SymmetricBall.From(ball), proof, right, 100), exact, 0);

            BallMatrix solution = CertifiedSolution.Of(ball, right).Solution!;
            Dyadic[] entries = [.. Enumerable.Range(0, size).Select(i => solution.MidpointAt(i, 0))];
            Dyadic change = Dyadic.One << power;
            entries[random.Next(size)] += change;
            (Magnitude distance, Magnitude[] radii) = new BallSystem(SymmetricBall.From(ball), proof, right, 0).Bounds(entries);
            ScaledIntegers corrupted = ScaledIntegers.Of(entries);
            ShouldContain(new CertifiedSolution(AnyBound, new BallMatrix(corrupted.ToMatrix(), corrupted.Exponent, radii), [distance]), exact, 0);
            (distance.ToDyadic() + (Dyadic.One << (power - 40)) >= change).Should().BeTrue();
        },
        iter: 150);

    [Fact]
    public void Zero_is_solved_by_zero_and_wrong_shapes_are_refused()
    {
        BallMatrix matrix = MatrixSamples.Exact(2, 2, [2, 1, 1, 2]);
        CertifiedSolution found = CertifiedSolution.Of(matrix, MatrixSamples.Exact(2, 1, [0, 0]));
        found.Solution!.Radii.ToArray().Should().OnlyContain(radius => radius.IsZero);
        found.Solution.Midpoint.IsZero.Should().BeTrue();
        FluentActions.Invoking(() => CertifiedSolution.Of(matrix, MatrixSamples.Exact(3, 1, [0, 0, 0]))).Should().Throw<ArgumentException>();
        var unbounded = new BallMatrix(IntegerMatrix.FromEntries(2, 1, [1, 1]), 0, [Magnitude.Infinity, Magnitude.Zero]);
        FluentActions.Invoking(() => CertifiedSolution.Of(matrix, unbounded)).Should().Throw<ArgumentException>();
    }

    private static readonly SpectrumBound AnyBound = new(Verdict.Proved, Dyadic.One, Dyadic.One, 128);

    private static Rational Zero => new(0, 1);

    // From 1 to 10^digits.
    private static BigInteger[] Spectrum(Random random, int size, int digits) =>
        [.. Enumerable.Range(0, size).Select(i => BigInteger.Pow(10, i == 0 ? 0 : i == 1 ? digits : random.Next(digits + 1)))];

    private static Dyadic[,] Entries(IntegerMatrix matrix, long exponent)
    {
        var entries = new Dyadic[matrix.Rows, matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++) entries[i, j] = new Dyadic(matrix[i, j], exponent);
        }

        return entries;
    }

    // Gauss's elimination without fractions (Bareiss 1968) on integers, and substitution backwards.
    private static Rational[] Solve(Dyadic[,] matrix, Dyadic[,] right)
    {
        int size = right.Length;
        long exponent = matrix.Cast<Dyadic>().Concat(right.Cast<Dyadic>()).Min(entry => entry.Exponent);
        var a = new BigInteger[size, size + 1];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= size; j++)
            {
                Dyadic entry = j < size ? matrix[i, j] : right[i, 0];
                a[i, j] = entry.Mantissa << (int)(entry.IsZero ? 0 : entry.Exponent - exponent);
            }
        }

        BigInteger previous = BigInteger.One;
        for (int k = 0; k < size; k++)
        {
            for (int i = k + 1; i < size; i++)
            {
                for (int j = k + 1; j <= size; j++) a[i, j] = ((a[k, k] * a[i, j]) - (a[i, k] * a[k, j])) / previous;
            }

            previous = a[k, k];
        }

        // Over the determinant all numerators are integers, by Cramer's rule.
        BigInteger determinant = a[size - 1, size - 1];
        var numerators = new BigInteger[size];
        for (int i = size - 1; i >= 0; i--)
        {
            BigInteger sum = a[i, size] * determinant;
            for (int j = i + 1; j < size; j++) sum -= a[i, j] * numerators[j];
            numerators[i] = sum / a[i, i];
        }

        return [.. numerators.Select(numerator => determinant.Sign < 0 ? new Rational(-numerator, -determinant) : new Rational(numerator, determinant))];
    }

    private static void ShouldContain(CertifiedSolution found, Rational[] exact, int column)
    {
        Rational square = Zero;
        for (int i = 0; i < exact.Length; i++)
        {
            Rational error = (exact[i] - Rational.Of(found.Solution!.MidpointAt(i, column))).Abs();
            error.CompareTo(Rational.Of(found.Solution.Radii[i].ToDyadic())).Should().BeLessThanOrEqualTo(0);
            square += error * error;
        }

        Rational distance = Rational.Of(found.Distances[column].ToDyadic());
        square.CompareTo(distance * distance).Should().BeLessThanOrEqualTo(0);
    }
}
