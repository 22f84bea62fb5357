namespace GnMlNet.Package.Tests;

/// <summary>The command-line tool as a stranger gets it: from an empty folder and the folder of packages.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet-tool").FullName;

    [Fact]
    public void A_few_commands_install_it_train_and_predict()
    {
        PackageConsumer.WriteFeed(_folder);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "concrete.csv"), Path.Combine(_folder, "concrete.csv"));
        Command.Run(_folder, "dotnet", "tool", "install", PackageFeed.Tool, "--tool-path", "tools", "--configfile", "nuget.config");

        string gnml = Path.Combine(_folder, "tools", "gnml");
        Command.Run(_folder, gnml, "train", "--data", "concrete.csv", "--label", "compressive_strength", "--out", "model.zip").Should().Contain("FastTree");
        Command.Run(_folder, gnml, "predict", "model.zip", "--data", "concrete.csv", "--out", "predictions.csv");

        string[] rows = File.ReadAllLines(Path.Combine(_folder, "concrete.csv")), predictions = File.ReadAllLines(Path.Combine(_folder, "predictions.csv"));
        predictions.Should().HaveSameCount(rows);
        predictions[0].Should().Be(rows[0] + ",Score,Lower,Upper");
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
