using System.Net;
using GnMlNet.Cluster.Connections;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

/// <summary>Silos that want the same port.</summary>
public class PortTests
{
    private const int Silos = 4;

    [Fact]
    public async Task Silos_that_start_at_the_same_instant_are_one_cluster_and_each_has_a_port_of_its_own()
    {
        int port = FreePort.On(IPAddress.Loopback);
        string id = $"ports-{Guid.NewGuid():N}";
        SiloProcess[] silos = [.. Enumerable.Range(0, Silos).Select(k => SiloProcess.Start(TestSilo.Program, ["silo", "--cluster", $"local@{port}", "--cluster-id", id, "--name", $"{k}", "--ends-with-input"]))];
        try
        {
            IPEndPoint[] endpoints = await Task.WhenAll(silos.Select(silo => silo.Ready(TimeLimit.Minute())));
            endpoints.Should().OnlyHaveUniqueItems().And.ContainSingle(endpoint => endpoint.Port == port);
            await using ClusterSilo coordinator = await ClusterSilo.StartAsync(TestSilo.Options(ClusterSpecification.Local(port, id)) with { TakesWork = false });
            await coordinator.WaitForSilosAsync(Silos, TimeLimit.Minute());
        }
        finally
        {
            foreach (SiloProcess silo in silos) await silo.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_port_belongs_to_one_and_whoever_may_move_gets_another()
    {
        using OwnPort first = OwnPort.Take(IPAddress.Loopback, 0, mayMove: false), second = OwnPort.Take(IPAddress.Loopback, first.Number, mayMove: true);
        second.Number.Should().NotBe(first.Number);
        FluentActions.Invoking(() => OwnPort.Take(IPAddress.Loopback, first.Number, mayMove: false)).Should().Throw<ClusterException>().WithMessage($"*127.0.0.1:{first.Number}*");
        ClusterSiloOptions options = TestSilo.Options(ClusterSpecification.Local(FreePort.On(IPAddress.Loopback), "moved"));
        // One that clients find elsewhere, and one whose clients would not find it.
        await using ClusterSilo moved = await ClusterSilo.StartAsync(options with { GatewayPort = first.Number, GatewayMayMove = true });
        (await FluentActions.Awaiting(() => ClusterSilo.StartAsync(options with { GatewayPort = first.Number })).Should().ThrowAsync<ClusterException>()).WithMessage($"*127.0.0.1:{first.Number}*");
    }
}
