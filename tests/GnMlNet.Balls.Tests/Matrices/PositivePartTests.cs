using CsCheck;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

public class PositivePartTests
{
    // Its columns are orthogonal and of length 2: H D H^T has the eigenvalues 4 d and, with max(d, 0) in place of d, its positive part is known exactly.
    private static readonly int[,] Hadamard = { { 1, 1, 1, 1 }, { 1, -1, 1, -1 }, { 1, 1, -1, -1 }, { 1, -1, -1, 1 } };

    private static readonly Gen<int[]> Diagonals = Gen.Int[-9, 9].Array[4];

    [Fact]
    public void A_known_positive_part_is_enclosed_closely_at_any_scale() => Gen.Select(Diagonals, Gen.Int[-2000, 2000]).Sample(
        (diagonal, scale) =>
        {
            ScaledIntegers matrix = With(diagonal).Times(Dyadic.One << scale), exact = With([.. diagonal.Select(d => Math.Max(d, 0))]).Times(Dyadic.One << scale);
            PositivePart part = PositivePart.Of(matrix);
            (part.Approximation.Plus(exact.Times(-1)).FrobeniusNorm() <= part.Distance * Magnitude.Of(1 + 1e-12)).Should().BeTrue();
            (part.Distance << 24 <= matrix.FrobeniusNorm()).Should().BeTrue();
        },
        iter: 200);

    [Fact]
    public void No_semidefinite_matrix_is_nearer_than_the_approximation_by_more_than_its_distance() => Gen.Select(Gen.Int[-40, 40].Array[10], Gen.Int[-9, 9].Array[16]).Sample(
        (triangle, factor) =>
        {
            ScaledIntegers matrix = Symmetric(triangle), square = new(4, 4, 0);
            for (int k = 0; k < 64; k++) square[k / 16, k / 4 % 4] += factor[(k / 16 * 4) + (k % 4)] * factor[(k / 4 % 4 * 4) + (k % 4)];
            PositivePart part = PositivePart.Of(matrix);
            double Apart(ScaledIntegers from) => from.Plus(matrix.Times(-1)).FrobeniusNorm().ToDouble();
            foreach (int places in new[] { 0, 4, 8 }) Apart(square.Times(Dyadic.One << -places)).Should().BeGreaterThanOrEqualTo((Apart(part.Approximation) - part.Distance.ToDouble()) * (1 - 1e-12));
        },
        iter: 100);

    [Fact]
    public void What_is_added_to_the_diagonal_is_enough_and_not_much_more() => Diagonals.Sample(
        diagonal =>
        {
            double enough = PositivePart.Negativity(With(diagonal)).ToDouble(), least = Math.Max(0, -4.0 * diagonal.Min());
            enough.Should().BeInRange(least, (16 * least) + 1e-15);
        },
        iter: 100);

    [Fact]
    public void Nothing_is_its_own_positive_part()
    {
        PositivePart part = PositivePart.Of(new ScaledIntegers(4, 4, 0));
        (part.Approximation.FrobeniusNorm(), part.Distance).Should().Be((Magnitude.Zero, Magnitude.Zero));
    }

    private static ScaledIntegers With(int[] diagonal)
    {
        var matrix = new ScaledIntegers(4, 4, 0);
        for (int i = 0; i < 16; i++)
        {
            for (int k = 0; k < 4; k++) matrix[i / 4, i % 4] += Hadamard[i / 4, k] * diagonal[k] * Hadamard[i % 4, k];
        }

        return matrix;
    }

    private static ScaledIntegers Symmetric(int[] triangle)
    {
        var matrix = new ScaledIntegers(4, 4, 0);
        int at = 0;
        for (int a = 0; a < 4; a++)
        {
            for (int b = 0; b <= a; b++) matrix[a, b] = matrix[b, a] = triangle[at++];
        }

        return matrix;
    }
}
