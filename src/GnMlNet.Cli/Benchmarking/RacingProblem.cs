using System.Globalization;
using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;

namespace GnMlNet.Cli.Benchmarking;

/// <summary>
/// A least squares problem with its starting point, in a folder that any tool can read, so that trainers can be raced on equal work:
/// <code>
/// meta.txt    n D m trained
/// X.csv       n rows of D numbers
/// t.csv       n numbers
/// theta0.csv  the starting point: m rows of hidden weights, one number a line; then, if trained is 1, m output weights and the output bias
/// c.csv       only if trained is 0: m output weights, which stay as they are
/// </code>
/// The model is f(x) = sum_i v_i tanh(w_i . x) + b, where b = 0 if trained is 0; the loss is the sum of squares. If trained is 1 the last column of X
/// is 1 everywhere: its weights are the hidden biases.
/// </summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Data">The rows.</param>
/// <param name="Start">The starting point.</param>
/// <param name="TrainsOutputLayer">Whether the output layer is trained, too.</param>
internal sealed record RacingProblem(string Name, RegressionData Data, Network Start, bool TrainsOutputLayer)
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="UserError">A file is missing or does not fit the others.</exception>
    internal static RacingProblem Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new UserError($"There is no folder '{folder}'.");
        (int rows, int columns, int hidden, bool trained) = ReadSizes(Path.Combine(folder, "meta.txt"));
        double[][] features = ReadRows(folder, "X.csv", rows, columns);
        double[] labels = ReadColumn(folder, "t.csv", rows);
        if (trained && Array.FindIndex(features, row => row[^1] != 1) is int at and >= 0)
            throw new UserError($"{Path.Combine(folder, "X.csv")}, line {at + 1}: where the output layer is trained, the last column must be 1.");

        var shape = new NetworkShape(trained ? columns - 1 : columns, hidden, HasBiases: trained);
        int hiddenCount = shape.OutputWeight(0);
        double[] start = ReadColumn(folder, "theta0.csv", trained ? (int)shape.ParameterCount : hiddenCount);
        double[] parameters = trained ? start : [.. start, .. ReadColumn(folder, "c.csv", hidden)];
        var data = new RegressionData(shape.InputSize);
        for (int j = 0; j < rows; j++) data.Add(features[j].AsSpan(0, shape.InputSize), labels[j], weight: 1);
        return new RacingProblem(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), data, new Network(shape, Activation.Tanh, parameters), trained);
    }

    private static (int Rows, int Columns, int Hidden, bool Trained) ReadSizes(string path)
    {
        string[] words = ReadText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int[] sizes = [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : -1)];
        if (sizes is not [> 0, > 0, > 0, 0 or 1] || sizes is [_, 1, _, 1])
            throw new UserError($"{path}: expected 'n D m trained', three positive whole numbers and 0 or 1, with a D of at least 2 for 1.");
        return (sizes[0], sizes[1], sizes[2], sizes[3] == 1);
    }

    private static double[] ReadColumn(string folder, string name, int count) => [.. ReadRows(folder, name, count, 1).Select(row => row[0])];

    private static double[][] ReadRows(string folder, string name, int rows, int columns)
    {
        string path = Path.Combine(folder, name);
        string[] lines = ReadText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length != rows) throw new UserError($"{path}: expected {rows} lines, found {lines.Length}.");
        return [.. lines.Select((line, index) => ReadRow(path, index + 1, line, columns))];
    }

    private static double[] ReadRow(string path, int lineNumber, string line, int columns)
    {
        string[] cells = line.Split(',');
        if (cells.Length != columns) throw new UserError($"{path}, line {lineNumber}: expected {columns} numbers separated by commas, found {cells.Length}.");
        var row = new double[columns];
        for (int k = 0; k < columns; k++)
        {
            if (!double.TryParse(cells[k], NumberStyles.Float, CultureInfo.InvariantCulture, out row[k]) || !double.IsFinite(row[k]))
                throw new UserError($"{path}, line {lineNumber}: '{cells[k]}' is not a finite number.");
        }

        return row;
    }

    private static string ReadText(string path) => InputFile.Open(path, "file of numbers").ReadText();
}
