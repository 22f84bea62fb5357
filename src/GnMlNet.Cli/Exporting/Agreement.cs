using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Models;
using GnMlNet.Cli.Output;
using GnMlNet.Cli.Reading;
using MathNet.Numerics.Statistics;
using Microsoft.ML;
using Spectre.Console;

namespace GnMlNet.Cli.Exporting;

/// <summary>How far ONNX Runtime's predictions with an exported graph are from those of the model with ML.NET.</summary>
/// <param name="Rows">On how many rows.</param>
/// <param name="Unit">The standard deviation of the label in training; of the scores where a single network was trained, which does not keep it.</param>
/// <param name="Differences">The columns with their largest differences, in units of the label; infinite where one side alone is infinite or not a number.</param>
internal sealed record Agreement(int Rows, double Unit, IReadOnlyList<(string Column, double Difference)> Differences)
{
    /// <summary>The largest difference that passes, in standard deviations of the label: single precision, in which both write their columns, has a few of its last digits below it.</summary>
    internal const double Tolerance = 1e-5;

    /// <summary>Whether no column differs by more than <see cref="Tolerance"/>.</summary>
    internal bool IsClose => Differences.All(at => at.Difference <= Tolerance * Unit);

    /// <summary>Scores a file both ways.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="onnx">The graph.</param>
    /// <exception cref="UserError">The file has no rows, or a column that the model needs is missing.</exception>
    internal static Agreement Of(SavedModel model, CsvFile file, byte[] onnx)
    {
        string[] names = [.. ExportableModel.Outputs(model.Network)];
        IDataView rows = model.Rows(file);
        double[][] expected = NumberColumns.Read(model.Score(rows), names);
        if (expected[0].Length == 0) throw new UserError($"{file.Path}: there are no rows to check the graph on.");
        double[][] found = OnnxScores.Read(onnx, rows, names);
        double unit = model.Network.Ensemble?.Label.Deviation ?? expected[0].Where(double.IsFinite).PopulationStandardDeviation();
        return new Agreement(expected[0].Length, unit, [.. names.Select((name, k) => (name, expected[k].Zip(found[k], Difference).Max()))]);
    }

    internal Table ToTable(string path)
    {
        Table table = Cells.Table(["Column"], ["Largest difference", "in standard deviations"]);
        foreach ((string column, double difference) in Differences) table.AddRow(column, Cells.Significant(difference), Cells.Significant(difference == 0 ? 0 : difference / Unit));
        return table.Caption(Markup.Escape(Invariant($"ONNX Runtime against ML.NET on {Rows} rows of {Path.GetFileName(path)}; the label's standard deviation is {Cells.Significant(Unit)}")));
    }

    private static double Difference(double expected, double found)
    {
        if (expected.Equals(found)) return 0;
        return Math.Abs(expected - found) is var difference && double.IsFinite(difference) ? difference : double.PositiveInfinity;
    }
}
