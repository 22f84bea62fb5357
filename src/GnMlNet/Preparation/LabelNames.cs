namespace GnMlNet.Preparation;

/// <summary>Names of labels that columns of a prediction, or the vector of features, would hide are changed within a model, and nowhere else.</summary>
public static class LabelNames
{
    private const string Suffix = " (label)";

    private static readonly string[] s_hidden = [.. ScoreMapper.ColumnNames(hasIntervals: true), TablePlan.FeatureColumn];

    /// <summary>The name within a model.</summary>
    /// <param name="label">The name in the table.</param>
    public static string Inside(string label) => s_hidden.Contains(label) ? label + Suffix : label;

    /// <summary>The name in the table.</summary>
    /// <param name="column">The name within a model.</param>
    public static string Outside(string column) => column.EndsWith(Suffix, StringComparison.Ordinal) && s_hidden.Contains(column[..^Suffix.Length]) ? column[..^Suffix.Length] : column;
}
