using System.Numerics;
using CsCheck;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Tests.LinearAlgebra;

/// <summary>The loops over a radial kernel against plain ones, point by point and in double precision.</summary>
public class RadialTileTests
{
    private static readonly Gen<(int Count, int Dimensions, int Seed)> Sizes = Gen.Select(Gen.Int[1, 90], Gen.Int[1, 7], Gen.Int);

    [Fact]
    public void Values_are_those_of_the_formula() => Sizes.Sample((count, dimensions, seed) =>
    {
        Values<double>(count, dimensions, seed, 1e-14);
        Values<float>(count, dimensions, seed, 1e-6);
    });

    [Fact]
    public void Values_from_any_vector_on_are_the_same_bits() => Sizes.Sample((count, dimensions, seed) =>
    {
        var of = new Case<double>(count, dimensions, seed);
        double[] x = of.Point(0), all = new double[count];
        of.Tile.Evaluate(x, of.Points, 0, all);
        for (int first = 0; first < count; first += Vector<double>.Count)
        {
            var some = new double[1 + new Random(seed + first).Next(count - first)];
            of.Tile.Evaluate(x, of.Points, first, some);
            some.Should().Equal(all.Skip(first).Take(some.Length));
        }
    });

    [Fact]
    public void Weighted_sums_are_sums_of_the_values() => Gen.Select(Gen.Int[1, 1200], Gen.Int[1, 5], Gen.Int).Sample(
        (count, dimensions, seed) =>
        {
            WeightedSums<double>(count, dimensions, seed, 1e-13);
            WeightedSums<float>(count, dimensions, seed, 5e-6);
        },
        iter: 40);

    [Theory, InlineData(1), InlineData(511), InlineData(513), InlineData(1037)]
    public void The_blocks_of_the_matrix_add_up_to_its_product_with_a_vector(int count)
    {
        Product<double>(count, 1e-12);
        Product<float>(count, 1e-5);
    }

    [Fact]
    public void Sums_for_the_derivatives_by_the_parameters_are_added() => Sizes.Sample((count, dimensions, seed) =>
    {
        Derivatives<double>(count, dimensions, seed, 1e-13);
        Derivatives<float>(count, dimensions, seed, 1e-5);
    });

    [Fact]
    public void Slopes_are_limits_of_differences_and_are_added() => Sizes.Sample((count, dimensions, seed) =>
    {
        var of = new Case<double>(count, dimensions, seed);
        double[] x = of.Point(1000), c = Problems.RandomVector(count, new Random(seed)), slopes = Problems.RandomVector(dimensions, new Random(seed)), before = [.. slopes];
        of.Tile.AddSlopes(x, of.Points, c, slopes);
        for (int k = 0; k < dimensions; k++)
        {
            // No point lies between the two.
            if (of.Points.Column(k).ToArray().Any(z => Math.Abs(z - x[k]) < 1e-4)) continue;
            double Shifted(double by) => of.Sum([.. x.Select((value, at) => at == k ? value + by : value)], c);
            (slopes[k] - before[k]).Should().BeApproximately((Shifted(1e-5) - Shifted(-1e-5)) / 2e-5, 1e-7 * count);
        }
    });

    [Fact]
    public void At_a_kink_the_slope_is_the_mean_of_both_sides() => Sizes.Sample((count, dimensions, seed) =>
    {
        var of = new Case<double>(count, dimensions, seed);
        double[] x = of.CopyOfPoint(new Random(seed).Next(count)), c = Problems.RandomVector(count, new Random(seed)), slopes = new double[dimensions];
        of.Tile.AddSlopes(x, of.Points, c, slopes);
        for (int k = 0; k < dimensions; k++)
        {
            if (of.Points.Column(k).ToArray().Any(z => z != x[k] && Math.Abs(z - x[k]) < 1e-4)) continue;
            double Shifted(double by) => of.Sum([.. x.Select((value, at) => at == k ? value + by : value)], c);
            slopes[k].Should().BeApproximately((Shifted(1e-5) - Shifted(-1e-5)) / 2e-5, 1e-7 * count);
        }
    });

    [Theory, InlineData(1, 1), InlineData(255, 3), InlineData(257, 17), InlineData(1000, 61)]
    public void A_narrow_matrix_multiplies_like_one_of_doubles_to_single_precision_and_threads_change_no_bit(int rows, int columns)
    {
        var random = new Random(rows);
        double[][] dense = [.. Enumerable.Range(0, rows).Select(_ => Problems.RandomVector(columns, random))];
        var matrix = new NarrowMatrix(rows, columns);
        for (int i = 0; i < rows; i++) matrix.SetRow(i, dense[i]);
        double[] right = Problems.RandomVector(columns, random), left = Problems.RandomVector(rows, random);
        double[] product = matrix.Multiply(right, new WorkSharing(1)), transposed = matrix.MultiplyTransposed(left, new WorkSharing(1));
        for (int i = 0; i < rows; i++) product[i].Should().BeApproximately(dense[i].Zip(right, (a, b) => a * b).Sum(), 1e-6 * columns);
        for (int j = 0; j < columns; j++) transposed[j].Should().BeApproximately(dense.Zip(left, (row, b) => row[j] * b).Sum(), 1e-6 * rows);
        matrix.Multiply(right, new WorkSharing(7)).Should().Equal(product);
        matrix.MultiplyTransposed(left, new WorkSharing(7)).Should().Equal(transposed);
    }

    [Fact]
    public void Points_keep_their_coordinates_in_every_way_that_they_are_kept() => Sizes.Sample((count, dimensions, seed) =>
    {
        double[] table = Problems.RandomVector(count * dimensions, new Random(seed));
        PointColumns<double> points = PointColumns<double>.OfTable(table, dimensions);
        points.Table.Should().BeSameAs(table);
        int[] chosen = [.. Enumerable.Range(0, 1 + (count / 2)).Select(_ => new Random(seed + 1).Next(count))];
        points.Select(chosen).Table.Should().Equal(chosen.SelectMany(i => table.Skip(i * dimensions).Take(dimensions)));
        points.As<float>().Table.Should().Equal(table.Select(value => (float)value));
    });

    private static void Values<T>(int count, int dimensions, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var of = new Case<T>(count, dimensions, seed);
        T[] x = of.Point(count), values = new T[count];
        of.Tile.Evaluate(x, of.Points, 0, values);
        for (int j = 0; j < count; j++) double.CreateTruncating(values[j]).Should().BeApproximately(of.Value(x, j), tolerance * of.Variance);
    }

    private static void WeightedSums<T>(int count, int dimensions, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var of = new Case<T>(count, dimensions, seed);
        T[] x = of.Point(count), c = of.Vector(count);
        of.Tile.WeightedSum(x, of.Points, c).Should().BeApproximately(of.Sum(x, c), tolerance * of.Variance * c.Sum(value => Math.Abs(double.CreateTruncating(value))));
    }

    private static void Product<T>(int count, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var of = new Case<T>(count, 3, count);
        T[] v = of.Vector(count);
        int size = RadialTile<T>.Block, blocks = (count + size - 1) / size;
        double[] product = new double[blocks * size];
        for (int row = 0; row < blocks; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double[] rows = new double[size], columns = new double[size];
                of.Tile.MultiplyBlock(of.Points, row, column, v, rows, columns);
                for (int i = 0; i < size; i++)
                {
                    product[(row * size) + i] += rows[i];
                    product[(column * size) + i] += columns[i];
                }
            }
        }

        for (int i = 0; i < count; i++) product[i].Should().BeApproximately(of.Sum(of.CopyOfPoint(i), v), tolerance * of.Variance * Math.Sqrt(count));
    }

    private static void Derivatives<T>(int count, int dimensions, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var of = new Case<T>(count, dimensions, seed);
        T[] x = of.Point(count), c = of.Vector(count), a = of.Vector(count + 1)[1..], traces = of.Vector(2 + (2 * dimensions)), products = [.. traces];
        double[] before = [.. traces.Select(double.CreateTruncating)];
        of.Tile.AddDerivatives(x, of.Points, c, a, traces, products);
        for (int p = 0; p < traces.Length; p++)
        {
            double Factor(int j)
            {
                (double first, double second) = of.Parts(x, j);
                if (p < 2) return p == 0 ? first : second;
                double t = double.CreateTruncating(x[(p - 2) % dimensions] - of.Points.Column((p - 2) % dimensions)[j]);
                return p < 2 + dimensions ? Math.Abs(t) * first : t * t * second;
            }

            double Sum(T[] weights) => before[p] + Enumerable.Range(0, count).Sum(j => double.CreateTruncating(weights[j]) * Factor(j));
            double.CreateTruncating(traces[p]).Should().BeApproximately(Sum(c), tolerance * (1 + (16 * of.Variance * count)));
            double.CreateTruncating(products[p]).Should().BeApproximately(Sum(a), tolerance * (1 + (16 * of.Variance * count)));
        }
    }

    private sealed class Case<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _seed;
        private readonly double[] _absolute;
        private readonly double[] _square;
        private readonly double _first;
        private readonly double _second;

        internal Case(int count, int dimensions, int seed)
        {
            _seed = seed;
            var random = new Random(seed);
            // As they are after rounding to T.
            double Rounded(double value) => double.CreateTruncating(T.CreateTruncating(value));
            double[] Rates() => [.. Problems.RandomVector(dimensions, random).Select(value => Rounded(Math.Max(0, value + 0.5)))];
            (_absolute, _square, _first, _second) = (Rates(), Rates(), Rounded(3 * random.NextDouble()), Rounded(3 * random.NextDouble()));
            Tile = new RadialTile<T>(_absolute, _square, _first, _second);
            Points = new PointColumns<T>(count, dimensions);
            for (int k = 0; k < dimensions; k++)
            {
                foreach (ref T value in Points.Column(k)) value = T.CreateTruncating((4 * random.NextDouble()) - 2);
            }
        }

        internal RadialTile<T> Tile { get; }

        internal PointColumns<T> Points { get; }

        internal double Variance => _first + _second;

        internal T[] Point(int salt) => [.. Problems.RandomVector(Points.Dimensions, new Random(_seed + salt), 2).Select(T.CreateTruncating)];

        internal T[] CopyOfPoint(int i)
        {
            var x = new T[Points.Dimensions];
            Points.CopyPoint(i, x);
            return x;
        }

        internal T[] Vector(int length) => [.. Problems.RandomVector(length, new Random(_seed + 7)).Select(T.CreateTruncating)];

        internal (double First, double Second) Parts(T[] x, int j)
        {
            double distance = 0, squared = 0;
            for (int k = 0; k < x.Length; k++)
            {
                double t = double.CreateTruncating(x[k]) - double.CreateTruncating(Points.Column(k)[j]);
                distance += _absolute[k] * Math.Abs(t);
                squared += _square[k] * t * t;
            }

            return (_first * Math.Exp(-distance), _second * Math.Exp(-squared));
        }

        internal double Value(T[] x, int j)
        {
            (double first, double second) = Parts(x, j);
            return first + second;
        }

        internal double Sum(T[] x, T[] c) => Enumerable.Range(0, Points.Count).Sum(j => double.CreateTruncating(c[j]) * Value(x, j));
    }
}
