using GnMlNet.Core.Data;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// Which columns share a rate. A numeric column has one of its own. The indicators of a categorical column share one, scaled so that two rows of different categories are at
/// distance 1 in both parts of the kernel, whatever the frequency of the categories. A column that never changes has none.
/// </summary>
internal sealed class RateGroups
{
    private readonly int[] _groups;
    private readonly double[] _laplaceFactors;
    private readonly double[] _gaussianFactors;

    private RateGroups(int[] groups, double[] laplaceFactors, double[] gaussianFactors)
    {
        (_groups, _laplaceFactors, _gaussianFactors) = (groups, laplaceFactors, gaussianFactors);
        Count = groups.Max() + 1;
    }

    /// <summary>How many rates there are in each part of the kernel.</summary>
    internal int Count { get; }

    /// <summary>d, the number of columns.</summary>
    internal int InputSize => _groups.Length;

    /// <summary>The groups of the columns that a map gives.</summary>
    /// <param name="map">The map from features to inputs.</param>
    /// <param name="categories">Which features are indicators.</param>
    internal static RateGroups Of(FeatureMap map, IReadOnlyList<CategoryRange> categories)
    {
        int inputs = map.Columns.Count, next = 0;
        var groups = new int[inputs];
        double[] laplace = new double[inputs], gaussian = new double[inputs];
        Array.Fill(groups, -1);
        bool Varies(int k) => map.Columns[k].Scale.Deviation > 0;
        foreach (CategoryRange range in categories)
        {
            int[] indicators = [.. Enumerable.Range(range.First, range.Last - range.First + 1).Where(Varies)];
            // What is bent has more than two values, so it is no indicator.
            if (indicators.Length < 2 || indicators.Any(k => map.Columns[k].Power != 1)) continue;
            foreach (int k in indicators)
            {
                double deviation = map.Columns[k].Scale.Deviation;
                (groups[k], laplace[k], gaussian[k]) = (next, deviation / 2, deviation / Math.Sqrt(2));
            }

            next++;
        }

        for (int k = 0; k < inputs; k++)
        {
            if (groups[k] < 0 && Varies(k)) (groups[k], laplace[k], gaussian[k]) = (next++, 1, 1);
        }

        return new RateGroups(groups, laplace, gaussian);
    }

    /// <summary>The same groups without some of them, whose columns then have no influence.</summary>
    /// <param name="isKept">One answer for every group.</param>
    internal RateGroups Keep(bool[] isKept)
    {
        int next = 0;
        int[] numbers = [.. isKept.Select(kept => kept ? next++ : -1)];
        return new RateGroups([.. _groups.Select(group => group < 0 ? -1 : numbers[group])], _laplaceFactors, _gaussianFactors);
    }

    /// <summary>The rates of all columns from those of the groups.</summary>
    internal (double[] Laplace, double[] Gaussian) Expand(ReadOnlySpan<double> laplace, ReadOnlySpan<double> gaussian)
    {
        double[] first = new double[InputSize], second = new double[InputSize];
        for (int k = 0; k < InputSize; k++)
        {
            if (_groups[k] >= 0) (first[k], second[k]) = (laplace[_groups[k]] * _laplaceFactors[k], gaussian[_groups[k]] * _gaussianFactors[k]);
        }

        return (first, second);
    }

    /// <summary>Adds numbers of columns to those of their groups, times a factor of the column.</summary>
    internal void AddUp(ReadOnlySpan<double> columns, ReadOnlySpan<double> factors, Span<double> groups)
    {
        for (int k = 0; k < InputSize; k++)
        {
            if (_groups[k] >= 0) groups[_groups[k]] += factors[k] * columns[k];
        }
    }
}
