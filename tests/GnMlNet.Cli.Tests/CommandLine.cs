using System.Globalization;
using System.Text.Json;
using GnMlNet.Cli.Common;
using Spectre.Console.Testing;

namespace GnMlNet.Cli.Tests;

/// <summary>Runs <c>gnml</c> inside the test, in a folder of its own.</summary>
public sealed class CommandLine : IDisposable
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("gnml-test").FullName;

    /// <summary>What one command printed and returned.</summary>
    internal sealed record Outcome(int Code, string Console, string Output, string Errors)
    {
        internal JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }

    internal static Outcome Run(params string[] arguments)
    {
        using var console = new TestConsole();
        console.Profile.Width = 200;
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        int code = CommandLineApplication.Run(arguments, console, output, errors);
        return new Outcome(code, console.Output, output.ToString(), errors.ToString());
    }

    /// <summary>Runs a command that must succeed.</summary>
    internal static Outcome Succeed(params string[] arguments)
    {
        Outcome outcome = Run(arguments);
        outcome.Code.Should().Be(ExitCode.Success, outcome.Errors);
        return outcome;
    }

    /// <summary>Runs a command that must fail with one clear line.</summary>
    internal static string Fail(params string[] arguments)
    {
        Outcome outcome = Run(arguments);
        outcome.Code.Should().Be(ExitCode.Failure, outcome.Errors);
        outcome.Errors.Should().StartWith("gnml: ");
        outcome.Errors.TrimEnd().Should().NotContain("\n", "an error is one line, not a stack trace");
        return outcome.Errors;
    }

    internal string PathOf(string name) => Path.Combine(Folder, name);

    internal string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>A table of two numbers, a text and the label y = x1^2 + (kind b: 3) + small noise.</summary>
    internal string WriteTable(string name = "table.csv", int rows = 200, bool withMissing = false, char delimiter = ',')
    {
        var random = new Random(5);
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(j =>
        {
            double x1 = (4 * random.NextDouble()) - 2, x2 = random.NextDouble();
            bool isB = j % 3 == 0;
            double y = (x1 * x1) + (isB ? 3 : 0) + (0.01 * random.NextDouble());
            string second = withMissing && j % 10 == 0 ? "NA" : Text(x2);
            return string.Join(delimiter, Text(x1), second, isB ? $"\"kind{delimiter} b\"" : "a", Text(y));
        });
        return Write(name, string.Join('\n', [string.Join(delimiter, "x1", "x2", "kind", "y"), .. lines]) + "\n");
    }

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
