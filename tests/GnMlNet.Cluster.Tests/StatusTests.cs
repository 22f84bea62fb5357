using System.Net;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

/// <summary>What is told of silos.</summary>
public sealed class StatusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Silos_say_how_many_rows_they_hold_and_pass_over_in_a_second()
    {
        int port = FreePort.On(IPAddress.Loopback), gateway = FreePort.On(IPAddress.Loopback);
        ClusterSpecification cluster = ClusterSpecification.Local(port, $"rows-{Guid.NewGuid():N}");
        await using ClusterSilo coordinator = await ClusterSilo.StartAsync(TestSilo.Options(cluster) with { TakesWork = false, Port = port, GatewayPort = gateway, Name = "coordinator" });
        await using ClusterSilo silo = await ClusterSilo.StartAsync(TestSilo.Options(cluster) with { Name = "silo", Folders = new ShardFolders([_folder]) });
        await coordinator.WaitForSilosAsync(1, TimeLimit.Minute());
        // One training after the other, so that some rows are always passed over lately.
        long passed = 0;
        using var end = new CancellationTokenSource();
        Task training = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await using var sharing = new ClusterSharing(coordinator, _folder);
                TestCoordinator.HashOfModel(TestCoordinator.OnePart, sharing);
                passed += sharing.RowsPassed;
            }
        });
        IReadOnlyList<SiloReport> reports;
        do reports = await ClusterStatus.ReadAsync(cluster, gateway, cancellation: TimeLimit.Minute());
        while (!training.IsCompleted && reports.Single(report => report.Name == "silo") is { RowsPerSecond: 0 } or { Rows: 0 });
        await end.CancelAsync();
        await training;
        reports.Single(report => report.Name == "silo").Should().Match<SiloReport>(report => report.Rows == TestCoordinator.OnePart * report.Parts);
        reports.Single(report => report.Name == "silo").RowsPerSecond.Should().BeInRange(1, passed / (double)RowMeter.Window);
        reports.Single(report => report.Name == "coordinator").Should().Match<SiloReport>(report => report.Parts == 0 && report.Rows == 0 && report.RowsPerSecond == 0);
    }

    [Fact]
    public void Rows_count_for_the_ten_seconds_after_the_one_in_which_they_were_passed_over()
    {
        long now = 1000;
        var meter = new RowMeter(() => now);
        var random = new Random(3);
        Dictionary<long, long> passed = [];
        for (; now < 1100; now += random.Next(4))
        {
            meter.PerSecond.Should().Be(passed.Where(at => at.Key < now && at.Key >= now - RowMeter.Window).Sum(at => at.Value) / 10.0);
            int rows = random.Next(1000);
            meter.Add(rows);
            passed[now] = passed.GetValueOrDefault(now) + rows;
        }

        now += 2 * RowMeter.Window;
        meter.PerSecond.Should().Be(0);
    }
}
