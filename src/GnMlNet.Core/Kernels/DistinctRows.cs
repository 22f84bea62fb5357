using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// Rows with the same features as one row: the mean of their labels with the sum of their weights. The posterior is the same as that of all rows; but copies of a row tell
/// nothing about the noise where they share a label, and a row that is left out with its copies is really left out.
/// </summary>
internal sealed class DistinctRows
{
    private DistinctRows(int[] places, int[] firsts, double[] weights) => (Places, Firsts, Weights) = (places, firsts, weights);

    /// <summary>n, how many different rows there are.</summary>
    internal int Count => Firsts.Length;

    /// <summary>For every row of the table the place of its features among the distinct ones, which keep the order of their first appearance.</summary>
    internal int[] Places { get; }

    /// <summary>The first row of the table with these features.</summary>
    internal int[] Firsts { get; }

    /// <summary>The weights of all copies together.</summary>
    internal double[] Weights { get; }

    /// <summary>Finds the copies in a table.</summary>
    internal static DistinctRows Of(RegressionData data)
    {
        var found = new Dictionary<RowKey, int>();
        var places = new int[data.RowCount];
        List<int> firsts = [];
        List<double> sums = [];
        int row = 0;
        foreach (RowBlock block in data.Blocks)
        {
            for (int j = 0; j < block.RowCount; j++, row++)
            {
                var features = new double[data.InputSize];
                for (int k = 0; k < features.Length; k++) features[k] = block.Column(k)[j];
                if (!found.TryGetValue(new RowKey(features), out int place))
                {
                    place = firsts.Count;
                    found.Add(new RowKey(features), place);
                    firsts.Add(row);
                    sums.Add(0);
                }

                places[row] = place;
                sums[place] += block.Weights[j];
            }
        }

        return new DistinctRows(places, [.. firsts], [.. sums]);
    }

    /// <summary>For every distinct row the rows of the table that are copies of it.</summary>
    internal int[][] Copies()
    {
        List<int>[] copies = [.. Firsts.Select(_ => new List<int>(1))];
        for (int row = 0; row < Places.Length; row++) copies[Places[row]].Add(row);
        return [.. copies.Select(rows => rows.ToArray())];
    }

    /// <summary>The weighted means of numbers of all rows over the copies.</summary>
    internal double[] Means(double[] values, double[] weights)
    {
        var sums = new double[Count];
        for (int j = 0; j < values.Length; j++) sums[Places[j]] += weights[j] * values[j];
        for (int i = 0; i < sums.Length; i++) sums[i] /= Weights[i];
        return sums;
    }

    /// <summary>The inputs of the distinct rows as points.</summary>
    /// <param name="view">All rows, mapped.</param>
    internal PointColumns<double> Points(RegressionData view)
    {
        var points = new PointColumns<double>(Count, view.InputSize);
        for (int k = 0; k < view.InputSize; k++)
        {
            double[] column = [.. view.Column(k).Select(at => at.Value)];
            for (int i = 0; i < Count; i++) points.Column(k)[i] = column[Firsts[i]];
        }

        return points;
    }

    private readonly struct RowKey(double[] features) : IEquatable<RowKey>
    {
        private readonly double[] _features = features;

        public bool Equals(RowKey other) => _features.AsSpan().SequenceEqual(other._features);

        public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            // 0 and -0 are equal.
            foreach (double feature in _features) hash.Add(feature);
            return hash.ToHashCode();
        }
    }
}
