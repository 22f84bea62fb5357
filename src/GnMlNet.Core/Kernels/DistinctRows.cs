using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// Rows with the same features, and of the same group where rows have groups, as one row: the mean of their labels with the sum of their weights. The posterior is the same as that of all rows; but copies of a row tell
/// nothing about the noise where they share a label, and a row that is left out with its copies is really left out.
/// Copies in different groups stay apart: a new group may hold copies of known rows, too, and what is known of these is what the other groups say.
/// </summary>
internal sealed class DistinctRows
{
    private DistinctRows(int[] places, int[] firsts, double[] weights, RegressionData data)
    {
        (Places, Firsts, Weights, HasGroups) = (places, firsts, weights, data.GroupCount < data.RowCount);
        int?[] groups = data.Groups();
        GroupNumbers = RowGroups.Number([.. firsts.Select(first => groups[first])]);
    }

    /// <summary>n, how many different rows there are.</summary>
    internal int Count => Firsts.Length;

    /// <summary>For every row of the table the place of its features among the distinct ones, which keep the order of their first appearance.</summary>
    internal int[] Places { get; }

    /// <summary>The first row of the table with these features.</summary>
    internal int[] Firsts { get; }

    /// <summary>The weights of all copies together.</summary>
    internal double[] Weights { get; }

    /// <summary>Whether the table has groups of several rows.</summary>
    internal bool HasGroups { get; }

    /// <summary>For every distinct row the number of its group; a row without one is a group of its own.</summary>
    internal int[] GroupNumbers { get; }

    /// <summary>How many groups there are.</summary>
    internal int GroupCount => GroupNumbers.Length == 0 ? 0 : GroupNumbers.Max() + 1;

    /// <summary>Finds the copies in a table.</summary>
    internal static DistinctRows Of(RegressionData data)
    {
        var found = new Dictionary<int, int>(data.RowCount, new SameFeatures(data));
        var places = new int[data.RowCount];
        List<int> firsts = new(data.RowCount);
        List<double> sums = new(data.RowCount);
        int row = 0;
        foreach (RowBlock block in data.Blocks)
        {
            for (int j = 0; j < block.RowCount; j++, row++)
            {
                if (!found.TryGetValue(row, out int place))
                {
                    place = firsts.Count;
                    found.Add(row, place);
                    firsts.Add(row);
                    sums.Add(0);
                }

                places[row] = place;
                sums[place] += block.Weights[j];
            }
        }

        return new DistinctRows(places, [.. firsts], [.. sums], data);
    }

    /// <summary>For every distinct row the rows of the table that are copies of it.</summary>
    internal int[][] Copies()
    {
        var counts = new int[Count];
        foreach (int place in Places) counts[place]++;
        int[][] copies = Array.ConvertAll(counts, count => new int[count]);
        for (int row = Places.Length - 1; row >= 0; row--) copies[Places[row]][--counts[Places[row]]] = row;
        return copies;
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
            double[] column = view.Column(k);
            for (int i = 0; i < Count; i++) points.Column(k)[i] = column[Firsts[i]];
        }

        return points;
    }

    /// <summary>Compares rows of a table by their features and their group.</summary>
    private sealed class SameFeatures(RegressionData data) : IEqualityComparer<int>
    {
        private readonly IReadOnlyList<RowBlock> _blocks = data.Blocks;
        private readonly int?[]? _groups = data.HasGroups ? data.Groups() : null;

        // 0 and -0 are equal.
        public bool Equals(int x, int y)
        {
            if (_groups is not null && _groups[x] != _groups[y]) return false;
            for (int k = 0; k < data.InputSize; k++)
            {
                if (Feature(x, k) != Feature(y, k)) return false;
            }

            return true;
        }

        public int GetHashCode(int row)
        {
            var hash = default(HashCode);
            if (_groups is not null) hash.Add(_groups[row]);
            for (int k = 0; k < data.InputSize; k++) hash.Add(Feature(row, k));
            return hash.ToHashCode();
        }

        private double Feature(int row, int k) => _blocks[row / RowBlock.Capacity].Values[(k * RowBlock.Stride) + (row % RowBlock.Capacity)];
    }
}
