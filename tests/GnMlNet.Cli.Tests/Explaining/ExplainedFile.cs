using System.Globalization;

namespace GnMlNet.Cli.Tests.Explaining;

/// <summary>A small model with its table, trained once for all tests of a class: y = x1^2 + (kind b: 3), and x2 hardly matters.</summary>
public sealed class ExplainedFile : IDisposable
{
    public ExplainedFile()
    {
        Table = Gnml.WriteTable(withMissing: true);
        Model = Gnml.PathOf("model.zip");
        CommandLine.Succeed("train", "--data", Table, "--label", "y", "--ensemble", "4", "--hidden", "5", "--iterations", "25", "--test-fraction", "0", "--no-baselines", "--out", Model);
    }

    internal CommandLine Gnml { get; } = new();

    internal string Table { get; }

    internal string Model { get; }

    /// <summary>What <c>gnml predict</c> says of the table with some cells replaced.</summary>
    internal double[] Predict(Func<string[], string[]> change)
    {
        // The text of one kind has a comma.
        string[] lines = File.ReadAllLines(Table);
        IEnumerable<string> changed = lines.Skip(1).Select(line => string.Join(',', change([.. line.Replace("\"kind, b\"", "b", StringComparison.Ordinal).Split(',')])).Replace(",b,", ",\"kind, b\",", StringComparison.Ordinal));
        string path = Gnml.Write("changed.csv", string.Join('\n', [lines[0], .. changed]) + "\n");
        string[] predicted = CommandLine.Succeed("predict", Model, "--data", path).Output.TrimEnd().Split('\n');
        int column = Array.IndexOf(predicted[0].TrimEnd().Split(','), "Score") - predicted[0].Split(',').Length;
        return [.. predicted.Skip(1).Select(line => double.Parse(line.TrimEnd().Split(',')[^(-column)], CultureInfo.InvariantCulture))];
    }

    public void Dispose() => Gnml.Dispose();
}
