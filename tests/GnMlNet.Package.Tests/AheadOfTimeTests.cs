using System.Globalization;

namespace GnMlNet.Package.Tests;

/// <summary>The libraries that know no ML.NET, compiled ahead of time with everything that is in them.</summary>
public sealed class AheadOfTimeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet-native").FullName;

    [NativeLinkerFact]
    public void They_compile_without_a_warning_and_do_what_they_do_otherwise()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "AheadOfTime"), output = Path.Combine(_folder, "native");
        File.Copy(Path.Combine(source, "AheadOfTime.csproj.txt"), Path.Combine(_folder, "AheadOfTime.csproj"));
        File.Copy(Path.Combine(source, "Program.cs.txt"), Path.Combine(_folder, "Program.cs"));
        PackageConsumer.WriteFeed(_folder);
        Command.Run(_folder, "dotnet", ["publish", "-c", "Release", "--use-current-runtime", "--packages", Path.Combine(_folder, "packages"), "--output", output, .. NativeLinkerFactAttribute.Options]).Should().NotContain("warning");
        string[] native = Command.Run(_folder, Path.Combine(output, "AheadOfTime")).Split('\n'), managed = Command.Run(_folder, "dotnet", [.. Directory.GetFiles(Path.Combine(_folder, "bin"), "AheadOfTime.dll", SearchOption.AllDirectories)]).Split('\n');

        // Exact arithmetic gives the same digits; the fast path rounds otherwise where vectors have another width.
        native.Should().Contain(line => line.StartsWith("checked 6 iterates: Proved", StringComparison.Ordinal));
        string[] Exact(string[] lines) => [.. lines.Where(line => !line.StartsWith("score", StringComparison.Ordinal))];
        double[] Scores(string[] lines) => [.. lines.Where(line => line.StartsWith("score", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..]).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        Exact(native).Should().Equal(Exact(managed));
        Scores(native).Should().HaveCount(15).And.BeEquivalentTo(Scores(managed), options => options.WithStrictOrdering().Using<double>(at => at.Subject.Should().BeApproximately(at.Expectation, 1e-6)).WhenTypeIs<double>());
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
