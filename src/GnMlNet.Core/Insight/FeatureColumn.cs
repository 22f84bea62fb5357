using GnMlNet.Core.Data;

namespace GnMlNet.Core.Insight;

/// <summary>Where a column sits among the features: one of them, or the indicators of its levels.</summary>
/// <param name="Column">The column.</param>
/// <param name="First">The first of its features, counted from 0.</param>
internal sealed record FeatureColumn(ExplainedColumn Column, int First)
{
    /// <summary>The columns that features are.</summary>
    /// <param name="features">How many there are.</param>
    /// <param name="names">Their names; null numbers them from 0.</param>
    /// <param name="categories">Which of them are the indicators of categorical columns.</param>
    internal static IReadOnlyList<FeatureColumn> All(int features, IReadOnlyList<string>? names, IReadOnlyList<CategoryRange> categories)
    {
        names ??= [.. Enumerable.Range(0, features).Select(k => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"feature {k}"))];
        if (names.Count != features) throw new ArgumentException($"There are {names.Count} names for {features} features.", nameof(names));
        var columns = new List<FeatureColumn>();
        for (int k = 0; k < features; k++)
        {
            CategoryRange[] range = [.. categories.Where(at => at.First == k)];
            if (range.Length == 0)
            {
                columns.Add(new FeatureColumn(new ExplainedColumn(names[k]), k));
                continue;
            }

            if (range[0].Last < k || range[0].Last >= features) throw new ArgumentException($"Features {k} to {range[0].Last} are no category within the {features} features.", nameof(categories));
            string[] levels = [.. names.Skip(k).Take(range[0].Last - k + 1)];
            int shared = SharedLength(levels);
            columns.Add(new FeatureColumn(new ExplainedColumn(shared > 0 ? levels[0][..(shared - 1)] : $"{levels[0]} to {levels[^1]}", [.. levels.Select(level => level[shared..])]), k));
            k = range[0].Last;
        }

        return columns;
    }

    /// <summary>The number of the column in a row of features.</summary>
    internal double Read(ReadOnlySpan<double> features)
    {
        if (Column.Levels is not { } levels) return features[First];
        for (int level = 0; level < levels.Count; level++)
        {
            if (features[First + level] == 1) return level;
        }

        return double.NaN;
    }

    /// <summary>Writes the number of the column into a row of features.</summary>
    internal void Write(double value, Span<double> features)
    {
        if (Column.Levels is null) features[First] = value;
        else if (!double.IsNaN(value)) features[First + (int)value] = 1;
    }

    // ML.NET calls the indicators of a column after it, a point and the level.
    private static int SharedLength(string[] names)
    {
        int length = names[0].IndexOf('.', StringComparison.Ordinal) + 1;
        return length > 1 && names.All(name => name.StartsWith(names[0][..length], StringComparison.Ordinal)) ? length : 0;
    }
}
