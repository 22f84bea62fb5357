using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GnMlNet.Package.Tests;

/// <summary>The notebook among the samples, run without a notebook: .NET Interactive takes its cells from standard input.</summary>
public sealed class NotebookTests : IDisposable
{
    private readonly string _packages = Directory.CreateTempSubdirectory("gnmlnet-notebook").FullName;

    [Fact]
    public void Every_cell_runs_and_the_model_is_good_and_the_same_from_its_file()
    {
        JsonNode notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, "samples", "notebook", "concrete.ipynb")))!;
        string[] cells = [.. notebook["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code").Select(cell => string.Concat(cell!["source"]!.AsArray().Select(line => (string?)line)).Replace("PACKAGES", PackageFeed.Folder, StringComparison.Ordinal))];
        using Process kernel = Start();
        string output;
        try
        {
            output = string.Concat(cells.Select((cell, number) => Submit(kernel, cell, number)));
        }
        finally
        {
            // The kernel is a child of the command that starts it.
            kernel.Kill(entireProcessTree: true);
        }

        output.Should().Contain("the same prediction from the file").And.MatchRegex(@"R² 0\.9\d\d");
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", ["tool", "run", "dotnet-interactive", "stdio", "--default-kernel", "csharp", "--working-dir", PackageFeed.RepositoryRoot])
        {
            WorkingDirectory = PackageFeed.RepositoryRoot,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // A cache of its own, so that no package of another day takes the place of those under test.
        (start.Environment["NUGET_PACKAGES"], start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"], start.Environment["DOTNET_INTERACTIVE_SKIP_FIRST_TIME_EXPERIENCE"]) = (_packages, "1", "1");
        return Process.Start(start)!;
    }

    /// <summary>Runs a cell.</summary>
    /// <returns>What it printed.</returns>
    private static string Submit(Process kernel, string code, int number)
    {
        string token = $"cell-{number}", output = "";
        kernel.StandardInput.WriteLine(JsonSerializer.Serialize(new { token, commandType = "SubmitCode", command = new { code, targetKernelName = "csharp" } }));
        kernel.StandardInput.Flush();
        while (kernel.StandardOutput.ReadLine() is { } line)
        {
            if (!line.StartsWith('{') || JsonNode.Parse(line) is not { } message || (string?)message["command"]?["token"] != token) continue;
            string? kind = (string?)message["eventType"];
            if (kind == "CommandSucceeded") return output;
            if (kind == "CommandFailed") throw new InvalidOperationException($"Cell {number} failed: {message["event"]?["message"]}\n{code}");
            if (kind == "StandardOutputValueProduced") output += (string?)message["event"]!["formattedValues"]![0]!["value"];
        }

        throw new InvalidOperationException($"The kernel ended in cell {number}:\n{code}");
    }

    public void Dispose() => Directory.Delete(_packages, recursive: true);
}
