using GnMlNet.Cli.Models;
using GnMlNet.Cli.Tables;
using Microsoft.ML;

namespace GnMlNet.Cli.Training;

/// <summary>Rows that errors are measured on, with all digits of their labels: those in the data view are rounded.</summary>
/// <param name="View">The rows.</param>
/// <param name="Labels">Their labels.</param>
internal sealed record MeasuredRows(IDataView View, IEnumerable<double> Labels)
{
    /// <summary>Rows that are read here and now.</summary>
    internal static MeasuredRows Load(PreparedTable prepared, RegressionTable table, RowChoice rows) => new(prepared.Load(rows.Contains), [.. table.ReadLabels(rows.Contains)]);

    /// <summary>Rows that are read whenever they are measured.</summary>
    internal static MeasuredRows Stream(PreparedTable prepared, RegressionTable table, RowChoice rows) => new(prepared.Stream(rows.Contains), table.ReadLabels(rows.Contains));

    /// <summary>The errors of a trained model.</summary>
    /// <exception cref="UserError">A prediction is not finite.</exception>
    internal Errors Measure(ITransformer model) => Errors.Of(Labels, NumberColumns.Stream(model.Transform(View), RegressionTable.ScoreColumn));
}
