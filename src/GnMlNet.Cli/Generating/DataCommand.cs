using System.CommandLine;
using GnMlNet.Cli.Options;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Generating;

/// <summary><c>gnml data</c>: writes tables with a known answer.</summary>
internal static class DataCommand
{
    internal static Command Create(TextWriter output, TextWriter errors) => new("data", "Write a table to train on.")
    {
        Generator("friedman1", "Friedman's first problem: ten features, five of them noise; best R² 0.960.", Friedman.First, 10, output, errors),
        Generator("friedman2", "Friedman's second problem: the impedance of a circuit, four features; best R² 0.902.", Friedman.Second, 4, output, errors),
    };

    private static Command Generator(string name, string description, Func<int, int, IEnumerable<Friedman.Row>> generate, int features, TextWriter output, TextWriter errors)
    {
        Option<int> rows = Ranges.Integer("--rows", "How many rows.", 1000, 1);
        Option<int> seed = Ranges.Integer("--seed", "The seed; the same one gives the same rows.", 1, 0);
        var result = new Option<string?>("--out") { Description = "The file to write: Parquet where its name ends in .parquet, else CSV. Without it, or with -, rows go to standard output as CSV." };
        var command = new Command(name, description) { rows, seed, result };
        command.SetAction(parsed => Run(generate(parsed.GetValue(rows), parsed.GetValue(seed)), features, output, errors, parsed.GetValue(result)));
        return command;
    }

    private static int Run(IEnumerable<Friedman.Row> rows, int features, TextWriter output, TextWriter errors, string? path)
    {
        (string, Func<Friedman.Row, double>)[] columns = [.. Enumerable.Range(0, features).Select(k => ($"x{k + 1}", (Func<Friedman.Row, double>)(row => row.Features[k]))), ("y", row => row.Label)];
        using OutputFile? file = OutputFile.Open(path);
        if (file is not null && OutputFile.IsNamedParquet(path!))
        {
            NumberParquet.Write(file.Stream, columns, rows);
            file.Commit();
        }
        else
        {
            OutputFile.WriteText(file, output, writer => NumberCsv.Write(writer, columns, rows));
        }

        if (file is not null) errors.WriteLine($"Written to {path}; the label is column 'y'.");
        return ExitCode.Success;
    }
}
