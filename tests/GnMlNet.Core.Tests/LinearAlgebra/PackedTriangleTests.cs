using System.Numerics;
using CsCheck;
using GnMlNet.Core.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

public class PackedTriangleTests
{
    // Sizes around those of panels and of pieces of them, counts around those of groups and blocks.
    private static readonly Gen<(int Size, int Count, int Seed)> Cases = Gen.Select(Gen.OneOf(Gen.Int[1, 70], Gen.Int[120, 140], Gen.Int[250, 300]), Gen.OneOf(Gen.Int[1, 14], Gen.Int[94, 100]), Gen.Int);

    [Fact]
    public void Squared_norms_are_those_of_dense_products() => Cases.Sample(
        (size, count, seed) =>
        {
            AreThoseOfDenseProducts<float>(size, count, seed, 1e-5);
            AreThoseOfDenseProducts<double>(size, count, seed, 1e-14);
        },
        iter: 40);

    [Fact]
    public void Entries_are_summed_column_by_column_and_squares_by_remainders_of_eight_whatever_the_width_of_vectors() => Cases.Sample(
        (size, count, seed) =>
        {
            HasTheBitsOfPlainLoops<float>(size, count, seed);
            HasTheBitsOfPlainLoops<double>(size, count, seed);
        },
        iter: 40);

    [Fact]
    public void A_vector_has_the_same_bits_alone_and_among_others() => Cases.Sample(
        (size, count, seed) =>
        {
            IsTheSameAlone<float>(size, count, seed);
            IsTheSameAlone<double>(size, count, seed);
        },
        iter: 40);

    [Fact]
    public void Its_rows_are_those_that_it_was_made_of() => Cases.Sample(
        (size, _, seed) =>
        {
            float[] rows = Numbers<float>(size * (size + 1) / 2, new Random(seed));
            new PackedTriangle<float>(size, rows).Rows.ToArray().Should().Equal(rows);
        },
        iter: 40);

    [Fact]
    public void Errors_stay_within_the_promised_bound() => Cases.Sample(
        (size, _, seed) =>
        {
            // Of floats, whose products are exact in double and whose sums in double err by nothing that matters here.
            var random = new Random(seed);
            float[] rows = Numbers<float>(size * (size + 1) / 2, random), v = Numbers<float>(size, random);
            double exact = 0, error = 0, u = Math.ScaleB(1, -24);
            for (int i = 0, at = 0; i < size; i++)
            {
                double product = 0, magnitude = 0;
                for (int a = 0; a <= i; a++, at++) (product, magnitude) = (product + ((double)rows[at] * v[a]), magnitude + Math.Abs((double)rows[at] * v[a]));
                double off = (i + 4) * u * magnitude;
                exact += product * product;
                error += (2 * Math.Abs(product) * off) + (off * off);
            }

            var norm = new double[1];
            new PackedTriangle<float>(size, rows).SquaredNorms(v, norm);
            Math.Abs(norm[0] - exact).Should().BeLessThanOrEqualTo(error + ((size + 2) * u * exact));
        },
        iter: 40);

    private static void AreThoseOfDenseProducts<T>(int size, int count, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] rows, T[] vectors, double[] norms) = Draw<T>(size, count, seed);
        Matrix<double> dense = Matrix<double>.Build.Dense(size, size, (i, j) => j > i ? 0 : double.CreateTruncating(rows[(i * (i + 1) / 2) + j]));
        for (int j = 0; j < count; j++)
        {
            double expected = Math.Pow((dense * MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(size, a => double.CreateTruncating(vectors[(j * size) + a]))).L2Norm(), 2);
            norms[j].Should().BeApproximately(expected, tolerance * size * (1 + expected));
        }
    }

    private static void HasTheBitsOfPlainLoops<T>(int size, int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] rows, T[] vectors, double[] norms) = Draw<T>(size, count, seed);
        for (int j = 0; j < count; j++)
        {
            var sums = new double[8];
            for (int i = 0, at = 0; i < size; i++)
            {
                T product = T.Zero;
                for (int a = 0; a <= i; a++, at++) product = T.FusedMultiplyAdd(rows[at], vectors[(j * size) + a], product);
                double entry = double.CreateTruncating(product);
                sums[i % 8] = Math.FusedMultiplyAdd(entry, entry, sums[i % 8]);
            }

            norms[j].Should().Be(((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7])));
        }
    }

    private static void IsTheSameAlone<T>(int size, int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] rows, T[] vectors, double[] norms) = Draw<T>(size, count, seed);
        var triangle = new PackedTriangle<T>(size, rows);
        var alone = new double[1];
        for (int j = 0; j < count; j++)
        {
            triangle.SquaredNorms(vectors.AsSpan(j * size, size), alone);
            alone[0].Should().Be(norms[j]);
        }
    }

    private static (T[] Rows, T[] Vectors, double[] Norms) Draw<T>(int size, int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T[] rows = Numbers<T>(size * (size + 1) / 2, random), vectors = Numbers<T>(size * count, random);
        var norms = new double[count];
        new PackedTriangle<T>(size, rows).SquaredNorms(vectors, norms);
        return (rows, vectors, norms);
    }

    private static T[] Numbers<T>(int count, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Problems.RandomVector(count, random).Select(T.CreateTruncating)];
}
