namespace GnMlNet.Core.Insight;

/// <summary>
/// How strongly two columns depend on each other, in [0, 1]: of numbers the size of Spearman's rank correlation; of levels and numbers the correlation ratio of the ranks, the root of the share of their variance that lies between levels; of levels
/// Cramér's V. Rows where one of them is missing do not count.
/// </summary>
internal static class Association
{
    /// <summary>The association of two columns.</summary>
    internal static double Between(IReadOnlyList<ExplainedColumn> columns, double[][] rows, int first, int second)
    {
        double[][] there = [.. rows.Where(row => !double.IsNaN(row[first]) && !double.IsNaN(row[second]))];
        double[] one = [.. there.Select(row => row[first])], other = [.. there.Select(row => row[second])];
        return (columns[first].IsNumeric, columns[second].IsNumeric) switch
        {
            (true, true) => Math.Abs(Correlation(Ranks(one), Ranks(other))),
            (true, false) => CorrelationRatio(other, Ranks(one)),
            (false, true) => CorrelationRatio(one, Ranks(other)),
            _ => CramersV(one, other),
        };
    }

    /// <summary>The ranks of numbers, from 1 on, those of equal ones their mean.</summary>
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(j => values[j])];
        var ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]];) end++;
            for (int j = start; j < end; j++) ranks[order[j]] = (start + end + 1) / 2.0;
        }

        return ranks;
    }

    private static double Correlation(double[] x, double[] y)
    {
        if (x.Length == 0) return 0;
        double meanX = x.Average(), meanY = y.Average(), xx = 0, yy = 0, xy = 0;
        for (int j = 0; j < x.Length; j++)
        {
            xx += (x[j] - meanX) * (x[j] - meanX);
            yy += (y[j] - meanY) * (y[j] - meanY);
            xy += (x[j] - meanX) * (y[j] - meanY);
        }

        return xx == 0 || yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
    }

    private static double CorrelationRatio(double[] levels, double[] values)
    {
        if (values.Length == 0) return 0;
        double mean = values.Average(), total = values.Sum(value => (value - mean) * (value - mean));
        double between = levels.Zip(values).GroupBy(at => at.First).Sum(level => level.Count() * Math.Pow(level.Average(at => at.Second) - mean, 2));
        return total == 0 ? 0 : Math.Sqrt(between / total);
    }

    private static double CramersV(double[] one, double[] other)
    {
        Dictionary<double, int> ofOne = one.CountBy(level => level).ToDictionary(), ofOther = other.CountBy(level => level).ToDictionary();
        int least = Math.Min(ofOne.Count, ofOther.Count);
        if (least < 2) return 0;
        // The sum of observed^2 / expected is the chi-squared statistic plus the number of rows.
        double sum = one.Zip(other).CountBy(pair => pair).Sum(cell => (double)cell.Value * cell.Value / ((double)ofOne[cell.Key.First] * ofOther[cell.Key.Second] / one.Length));
        return Math.Sqrt(Math.Max(0, sum - one.Length) / one.Length / (least - 1));
    }
}
