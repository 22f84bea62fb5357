using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class ApproximateCholeskyTests
{
    [Fact]
    public void The_factor_reconstructs_the_matrix_and_its_inverse_the_identity() => Gen.Select(Gen.Int[1, 60], Gen.Int[10, 120], Gen.Int).Sample(
        (size, bits, seed) =>
        {
            IntegerMatrix root = MatrixSamples.Matrix(new Random(seed), size + 5, size, bits), h = ExactProduct.Gram(root);
            ApproximateCholesky factor = ApproximateCholesky.TryFactor(h, 200)!;
            factor.Should().NotBeNull();
            IntegerMatrix r = factor.Factor, x = factor.Inverse, product = ExactProduct.Gram(r), identity = ExactProduct.Multiply(r, x);
            long point = 22L * factor.FractionDigits;
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    Error(new Dyadic(h[i, j], factor.ScaleExponent), new Dyadic(product[i, j], -2 * point)).Should().BeLessThan(-180);
                    Error(i == j ? 1 : 0, new Dyadic(identity[i, j], -2 * point)).Should().BeLessThan(-120);
                    if (j < i) r[i, j].IsZero.Should().BeTrue();
                }
            }
        },
        iter: 15);

    [Fact]
    public void Solutions_are_close()
    {
        var random = new Random(4);
        IntegerMatrix h = ExactProduct.Gram(MatrixSamples.Matrix(random, 40, 30, 60)), solution = MatrixSamples.Matrix(random, 30, 2, 30);
        ApproximateCholesky factor = ApproximateCholesky.TryFactor(h, 256)!;
        IntegerMatrix found = ExactProduct.Multiply(factor.Inverse, ExactProduct.TransposeMultiply(factor.Inverse, ExactProduct.Multiply(h, solution)));
        for (int i = 0; i < 60; i++) Error(new Dyadic(solution[i / 2, i % 2], 0), new Dyadic(found[i / 2, i % 2], factor.InverseExponent)).Should().BeLessThan(-150);
    }

    [Fact]
    public void A_pivot_that_is_not_positive_is_reported()
    {
        ApproximateCholesky.TryFactor(IntegerMatrix.FromEntries(2, 2, [1, 2, 2, 1]), 128).Should().BeNull();
        ApproximateCholesky.TryFactor(IntegerMatrix.FromEntries(1, 1, [0]), 128).Should().BeNull();
        ApproximateCholesky.TryFactor(IntegerMatrix.FromEntries(2, 2, [1, 1, 1, 1]), 128).Should().BeNull();
    }

    [Fact]
    public void Square_roots_are_the_greatest_integers_below() => Gen.Select(Gen.Int[1, 2000], Gen.Int).Sample(
        (bits, seed) =>
        {
            BigInteger value = BigInteger.Abs(MatrixSamples.Integer(new Random(seed), bits)) + 1;
            foreach (BigInteger square in new[] { value, value * value, (value * value) - 1, (value * value) + 1 })
            {
                if (square.Sign <= 0) continue;
                BigInteger root = IntegerRoot.Floor(square);
                (root * root <= square && (root + 1) * (root + 1) > square).Should().BeTrue();
            }
        },
        iter: 2000);

    // log2 of the error, rounded up.
    private static long Error(Dyadic exact, Dyadic found) => exact == found ? -10000 : (exact - found).Abs().TopExponent;
}
