using GnMlNet.Cli.Models;
using GnMlNet.Cli.Tables;
using Microsoft.ML;

namespace GnMlNet.Cli.Training;

/// <summary>A row that was held out: what it is and what the model says.</summary>
/// <param name="Actual">Its label.</param>
/// <param name="Score">The prediction.</param>
/// <param name="Lower">The lower end of the interval, or NaN without intervals.</param>
/// <param name="Upper">The upper end of the interval, or NaN without intervals.</param>
internal readonly record struct TestRow(double Actual, double Score, double Lower, double Upper)
{
    /// <summary>Whether the interval holds the label.</summary>
    internal bool IsHeld => Lower <= Actual && Actual <= Upper;

    /// <summary>The rows of a scored data view.</summary>
    /// <param name="scored">The rows with their predictions.</param>
    /// <param name="labels">Their labels.</param>
    internal static TestRow[] Read(IDataView scored, IEnumerable<double> labels)
    {
        double[] Column(string name) => scored.Schema.GetColumnOrNull(name) is null ? [] : NumberColumns.Read(scored, name)[0];
        double[] score = Column(RegressionTable.ScoreColumn), lower = Column("Lower"), upper = Column("Upper");
        return [.. labels.Select((y, j) => new TestRow(y, score[j], lower.Length == 0 ? double.NaN : lower[j], upper.Length == 0 ? double.NaN : upper[j]))];
    }
}
