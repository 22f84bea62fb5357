namespace GnMlNet.Cli.Tables;

/// <summary>Names of labels that columns of a prediction would hide are changed within a model, and nowhere else.</summary>
internal static class LabelNames
{
    private const string Suffix = " (label)";

    private static readonly string[] s_hidden = [RegressionTable.ScoreColumn, "Lower", "Upper", "StandardDeviation", RegressionTable.FeatureColumn];

    /// <summary>The name within a model.</summary>
    internal static string Inside(string label) => s_hidden.Contains(label) ? label + Suffix : label;

    /// <summary>The name in the file.</summary>
    internal static string Outside(string column) => column.EndsWith(Suffix, StringComparison.Ordinal) && s_hidden.Contains(column[..^Suffix.Length]) ? column[..^Suffix.Length] : column;
}
