using Microsoft.ML;

namespace GnMlNet.Cli.Tables;

/// <summary>Which table a command was asked to train on.</summary>
/// <param name="Path">The CSV file; null means California Housing.</param>
/// <param name="Label">The label of that file.</param>
/// <param name="Features">The features of that file; null means all other columns.</param>
internal sealed record TableSettings(string? Path, string? Label, IReadOnlyList<string>? Features)
{
    /// <exception cref="Common.UserError">The table cannot be used.</exception>
    internal RegressionTable Open(MLContext context) => Path is null ? CaliforniaHousing.Table(context) : RegressionTable.FromCsv(context, Path, Label!, Features);
}
