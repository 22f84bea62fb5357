using System.Diagnostics;
using GnMlNet.Cli.Common;

namespace GnMlNet.Cli.Tests;

/// <summary><c>gnml silo</c> and <c>gnml cluster</c>.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Fact]
    public async Task Silos_are_listed_add_up_and_leave_in_order_when_they_are_asked_to_end()
    {
        if (OperatingSystem.IsWindows()) return;
        int port = GnmlProcess.FreePort(), gateway = GnmlProcess.FreePort();
        string cluster = $"local@{port}";
        using Process silo = GnmlProcess.Start("silo", "--cluster", cluster, "--name", "alone", "--gateway-port", $"{gateway}");
        (await silo.StandardOutput.ReadLineAsync()).Should().Be($"silo ready at 127.0.0.1:{port}");

        CommandLine.Outcome status = CommandLine.Succeed("cluster", "status", "--cluster", cluster, "--gateway-port", $"{gateway}", "--json");
        System.Text.Json.JsonElement row = status.Json.GetProperty("silos").EnumerateArray().Should().ContainSingle().Subject;
        row.GetProperty("name").GetString().Should().Be("alone");
        row.GetProperty("state").GetString().Should().Be("Active");
        row.GetProperty("cores").GetInt32().Should().Be(Environment.ProcessorCount);
        CommandLine.Succeed("cluster", "status", "--cluster", cluster, "--gateway-port", $"{gateway}").Console.Should().Contain("alone").And.Contain($"127.0.0.1:{port}");
        CommandLine.Succeed("cluster", "bench", "--cluster", cluster, "--doubles", "1000", "--rows", "5000", "--hidden", "3", "--repeats", "1", "--warm-up", "0").Console.Should().Contain("1 silo,").And.Contain("5,000").And.Contain("MB/s");

        GnmlProcess.Send(silo, "TERM");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await silo.WaitForExitAsync(limit.Token);
        silo.ExitCode.Should().Be(ExitCode.Success);
        (await silo.StandardError.ReadToEndAsync()).Should().BeEmpty();
    }

    // The library on disk is mapped into the memory of whoever loads it.
    [Fact]
    public async Task Other_commands_load_nothing_of_Orleans()
    {
        if (!OperatingSystem.IsLinux()) return;
        using Process silo = GnmlProcess.Start("silo", "--cluster", $"local@{GnmlProcess.FreePort()}", "--ends-with-input");
        (await silo.StandardOutput.ReadLineAsync()).Should().StartWith("silo ready");
        Maps(silo).Should().Contain("Orleans.Runtime.dll");
        silo.Kill();

        using Process training = GnmlProcess.Start("train", "--ensemble", "4", "--hidden", "150", "--kernel", "none", "--iterations", "1000", "--out", _gnml.PathOf("m.zip"));
        await GnmlProcess.WaitForLine(training, "iteration 0");
        Maps(training).Should().Contain("GnMlNet.Core.dll").And.NotContain("Orleans");
        training.Kill();
        await training.WaitForExitAsync();
    }

    [Theory]
    [InlineData("redis", "is none of these")]
    [InlineData("local@0", "is none of these")]
    [InlineData("local:2", "starts silos of its own")]
    public void A_cluster_that_a_silo_cannot_join_is_refused(string cluster, string reason) => CommandLine.Fail("silo", "--cluster", cluster).Should().Contain(reason);

    [Fact]
    public void Passwords_are_not_repeated_in_messages() => CommandLine.Fail("silo", "--cluster", "postgres:Hots=db;Password=secret").Should().NotContain("secret");

    [Fact]
    public void Folders_and_certificates_that_are_not_there_are_named()
    {
        CommandLine.Fail("silo", "--cluster", "local", "--allow", _gnml.PathOf("shards")).Should().Contain(_gnml.PathOf("shards"));
        CommandLine.Fail("silo", "--cluster", "local", "--certificate", _gnml.PathOf("a.pfx")).Should().Contain(_gnml.PathOf("a.pfx"));
        CommandLine.Run("silo", "--cluster", "local", "--certificate-password-file", "x").Code.Should().Be(ExitCode.Usage);
    }

    [Fact]
    public void A_cluster_without_silos_is_said_to_be_out_of_reach() =>
        CommandLine.Fail("cluster", "status", "--cluster", "local", "--gateway-port", $"{GnmlProcess.FreePort()}").Should().Contain("No silo of the cluster 'gnml' can be reached");

    [Theory]
    [InlineData(140_000, "rows", "2 silos pass over the rows (as asked; predicted ")]
    [InlineData(600, "members", "2 silos train the networks (as asked).")]
    public async Task A_model_that_silos_trained_is_the_one_that_is_trained_here(int rows, string spread, string plan)
    {
        string data = _gnml.PathOf("t.csv"), model = _gnml.PathOf("m.zip");
        CommandLine.Succeed("data", "friedman1", "--rows", $"{rows}", "--out", data);
        async Task<(string Output, IReadOnlyList<string> Contents)> Train(params string[] more)
        {
            using Process process = GnmlProcess.Start(["train", "--data", data, "--label", "y", "--test-fraction", "0.01", "--kernel", "none", "--ensemble", "2", "--hidden", "3", "--iterations", "10", "--no-baselines", "--out", model, .. more]);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            await process.WaitForExitAsync(limit.Token);
            process.ExitCode.Should().Be(ExitCode.Success, await errors);
            return (output, SavedModelContents.Of(model));
        }

        string shared = Directory.CreateDirectory(_gnml.PathOf("shared")).FullName;
        (_, IReadOnlyList<string> here) = await Train();
        (string told, IReadOnlyList<string> there) = await Train("--cluster", "local:2", "--cluster-folder", shared, "--spread", spread);
        there.Should().Equal(here, "the models are the same byte for byte");
        told.Should().Contain(plan);
        Directory.GetFileSystemEntries(shared).Should().BeEmpty("the rows go with training");
    }

    [Fact]
    public void What_a_cluster_of_training_lacks_is_named()
    {
        string table = _gnml.WriteTable();
        CommandLine.Fail("train", "--data", table, "--label", "y", "--cluster", "local:2", "--cluster-folder", _gnml.PathOf("none")).Should().Contain($"--cluster-folder: there is no folder '{_gnml.PathOf("none")}'");
        string large = _gnml.PathOf("large.csv");
        File.WriteAllLines(large, [.. Enumerable.Range(-1, (1 << 16) + 1).Select(row => row < 0 ? "x,y" : $"{row % 1000},{row % 7}")]);
        CommandLine.Fail("train", "--data", large, "--label", "y", "--test-fraction", "0", "--cluster", "redis:127.0.0.1:1").Should().Contain("--cluster-folder");
        CommandLine.Fail("train", "--data", table, "--label", "y", "--cluster", "local:1", "--spread", "rows").Should().Contain("--spread members");
        CommandLine.Fail("train", "--data", table, "--label", "y", "--cluster", "somewhere").Should().Contain("is none of these");
        CommandLine.Fail("train", "--data", table, "--label", "y", "--cluster", "local:1", "--checkpoint", "cluster:run").Should().Contain("keeps no checkpoints").And.Contain("Redis");
        CommandLine.Run("train", "--data", table, "--label", "y", "--checkpoint", "cluster:run").Code.Should().Be(ExitCode.Usage);
        CommandLine.Run("train", "--data", table, "--label", "y", "--cluster-id", "x").Code.Should().Be(ExitCode.Usage);
        CommandLine.Run("train", "--data", table, "--label", "y", "--cluster-folder", ".").Code.Should().Be(ExitCode.Usage);
        CommandLine.Run("train", "--data", table, "--label", "y", "--spread", "members").Code.Should().Be(ExitCode.Usage);
    }

    private static string Maps(Process process) => File.ReadAllText($"/proc/{process.Id}/maps");
}
