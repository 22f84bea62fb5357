using GnMlNet.Cli.Output;
using MathNet.Numerics.Statistics;
using Spectre.Console;

namespace GnMlNet.Cli.Exporting;

/// <summary>How far the predictions of an exported graph are from those of its model.</summary>
/// <param name="Unit">The standard deviation of the label in training; of the scores where a single network was trained, which does not keep it.</param>
/// <param name="Differences">The columns with their largest differences, in units of the label; infinite where one side alone is infinite or not a number.</param>
internal sealed record Agreement(double Unit, IReadOnlyList<(string Column, double Difference)> Differences)
{
    /// <summary>The largest difference that passes, in standard deviations of the label: single precision, in which both write their columns, has a few of its last digits below it.</summary>
    internal const double Tolerance = 1e-5;

    /// <summary>Whether no column differs by more than <see cref="Tolerance"/>.</summary>
    internal bool IsClose => Differences.All(at => at.Difference == 0 || at.Difference <= Tolerance * Unit);

    /// <summary>Compares two tables of predictions.</summary>
    /// <param name="names">The names of the columns, Score first.</param>
    /// <param name="expected">The columns by the model, of at least one row.</param>
    /// <param name="found">The columns by the graph.</param>
    /// <param name="unit">The standard deviation of the label, or null where it is not known.</param>
    internal static Agreement Of(IReadOnlyList<string> names, double[][] expected, double[][] found, double? unit) => new(
        unit ?? expected[0].Where(double.IsFinite).PopulationStandardDeviation(),
        [.. names.Select((name, k) => (name, expected[k].Zip(found[k], Difference).Max()))]);

    /// <summary>The differences as a table.</summary>
    /// <param name="caption">What was compared.</param>
    internal Table ToTable(string caption)
    {
        Table table = Cells.Table(["Column"], ["Largest difference", "in standard deviations"]);
        foreach ((string column, double difference) in Differences) table.AddRow(column, Cells.Significant(difference), Cells.Significant(difference == 0 ? 0 : difference / Unit));
        return table.Caption(Markup.Escape(caption));
    }

    private static double Difference(double expected, double found)
    {
        if (expected.Equals(found)) return 0;
        return Math.Abs(expected - found) is var difference && double.IsFinite(difference) ? difference : double.PositiveInfinity;
    }
}
