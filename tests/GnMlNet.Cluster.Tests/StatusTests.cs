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
        await using var sharing = new ClusterSharing(coordinator, _folder);
        TestCoordinator.HashOfModel(TestCoordinator.OnePart, sharing);
        // The present second does not count yet.
        await Task.Delay(1100);
        IReadOnlyList<SiloReport> reports = await ClusterStatus.ReadAsync(cluster, gateway, cancellation: TimeLimit.Minute());
        reports.Select(report => (report.Name, report.Parts, report.Rows)).Should().BeEquivalentTo([("coordinator", 0, 0L), ("silo", (int?)1, (long?)TestCoordinator.OnePart)]);
        reports.Single(report => report.Name == "coordinator").RowsPerSecond.Should().Be(0);
        reports.Single(report => report.Name == "silo").RowsPerSecond.Should().BeInRange(1, sharing.RowsPassed / (double)RowMeter.Window);
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
