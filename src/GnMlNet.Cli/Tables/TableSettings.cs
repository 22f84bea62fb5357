using GnMlNet.Cli.Reading;
using Microsoft.ML;

namespace GnMlNet.Cli.Tables;

/// <summary>Which table a command was asked to train on.</summary>
/// <param name="Data">The CSV or Parquet files that make up the table, as the command line names them; none means California Housing.</param>
/// <param name="Label">The label of that file.</param>
/// <param name="Features">The features of that file as they were typed; null means all other columns.</param>
/// <param name="Excluded">The columns that are no features, as they were typed.</param>
/// <param name="Categories">The columns whose numbers are codes of categories, as they were typed.</param>
/// <param name="Reading">How the file is written.</param>
internal sealed record TableSettings(IReadOnlyList<string> Data, string? Label, IReadOnlyList<string>? Features, IReadOnlyList<string> Excluded, IReadOnlyList<string> Categories, ReadingSettings Reading)
{
    /// <summary>The column whose equal cells make rows one group, or null.</summary>
    internal string? Group { get; init; }

    /// <summary>A file with its label, all other columns being features.</summary>
    internal static TableSettings Of(string path, string label) => new([path], label, Features: null, Excluded: [], Categories: [], ReadingSettings.Detect);

    /// <exception cref="UserError">The table cannot be used.</exception>
    internal RegressionTable Open(MLContext context) => Data.Count == 0 ? CaliforniaHousing.Table(context) : RegressionTable.FromFile(context, this);
}
