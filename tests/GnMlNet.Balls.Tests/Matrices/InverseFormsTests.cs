using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class InverseFormsTests
{
    // b = H x makes b^T H^-1 b = x^T b, which needs no inverse.
    [Fact]
    public void The_form_of_every_matrix_and_column_within_the_errors_is_inside_and_one_that_is_off_is_not() => Gen.Select(Gen.Int[1, 8], Gen.Int[2, 24], Gen.Int[-200, -40], Gen.Int).Sample(
        (size, digits, power, seed) =>
        {
            var random = new Random(seed);
            BigInteger[] eigenvalues = [.. Enumerable.Range(0, size).Select(i => i == 0 ? BigInteger.One : BigInteger.Pow(10, random.Next(digits + 1)))];
            (IntegerMatrix matrix, BigInteger least) = MatrixSamples.WithSpectrum(random, eigenvalues);
            Magnitude[] radii = [.. Enumerable.Range(0, size).Select(_ => Magnitude.Of(random.NextDouble() * (double)least / size) << power)];
            SymmetricBall ball = SymmetricBall.From(new BallMatrix(matrix, 0, radii));
            SpectrumProof proof = SmallestEigenvalue.Proofs(ball, 512).First(found => found.Certificate is { } certificate && certificate.Defect <= Magnitude.PowerOfTwo(-5));

            var h = new Dyadic[size, size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j <= i; j++) h[i, j] = h[j, i] = new Dyadic(matrix[i, j], 0) + (Magnitude.Min(radii[i], radii[j]).ToDyadic() * ((2 * random.Next(2)) - 1));
            }

            Dyadic[] x = [.. MatrixSamples.Entries(random, size, 40).Select(entry => new Dyadic(entry, 0))];
            Dyadic[] b = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Aggregate(Dyadic.Zero, (sum, j) => sum + (h[i, j] * x[j])))];
            Dyadic form = b.Zip(x, (p, q) => p * q).Aggregate(Dyadic.Zero, (sum, term) => sum + term);
            Dyadic[] shown = [.. b.Select(entry => entry.RoundTo(power))];
            Magnitude error = Norms.Euclidean(b.Zip(shown, (p, q) => p - q));
            Ball found = new InverseForms(ball, proof).Of(ScaledIntegers.Of(size, 1, shown), error).Single();
            found.Contains(form).Should().BeTrue($"{form} in {found}");
            // Approximate solutions that are nothing of the kind widen the result and stay sound.
            Dyadic[] rough = [.. x.Select(entry => entry + (entry * new Dyadic(random.Next(-1000, 1000), -random.Next(5, 40))))];
            foreach (Dyadic[] solution in new[] { rough, new Dyadic[size] })
            {
                Ball loose = InverseForms.Enclose(ball, proof.Bound.Lower, ScaledIntegers.Of(size, 1, shown), error, ScaledIntegers.Of(size, 1, solution)).Forms.Single();
                loose.Contains(form).Should().BeTrue($"{form} in {loose}");
            }

            if (form.Sign > 0 && power < -100) found.Contains(form + (form << -30)).Should().BeFalse();
        },
        iter: 1000);

    [Fact]
    public void The_diagonal_is_the_forms_of_the_unit_vectors_and_that_of_a_diagonal_matrix_its_reciprocals()
    {
        BigInteger[] diagonal = [3, 7, 1000, BigInteger.Pow(10, 15), 1];
        var matrix = new ScaledIntegers(5, 5, -20);
        for (int i = 0; i < 5; i++) matrix[i, i] = diagonal[i];
        var ball = SymmetricBall.From(matrix.ToBall());
        SpectrumProof proof = SmallestEigenvalue.Proofs(ball, 256).First(found => found.Certificate is not null);
        Ball[] found = new InverseForms(ball, proof).Diagonal();
        var identity = new ScaledIntegers(5, 5, 0);
        for (int i = 0; i < 5; i++) identity[i, i] = 1;
        Ball[] forms = new InverseForms(ball, proof).Of(identity, Magnitude.Zero);
        for (int i = 0; i < 5; i++)
        {
            Rational exact = new(BigInteger.One << 20, diagonal[i]);
            exact.IsIn(found[i]).Should().BeTrue();
            exact.IsIn(forms[i]).Should().BeTrue();
            (found[i].Radius << 70 <= found[i].AbsUpper()).Should().BeTrue();
        }
    }
}
