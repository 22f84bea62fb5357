using System.Net;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Tests;

/// <summary>Machines whose vectors differ choose the width that all have.</summary>
public class VectorWidthTests
{
    private static readonly Dictionary<string, string?> s_narrow = new() { ["DOTNET_PreferredVectorBitWidth"] = "256" };

    [NeedsToolFact("wide vectors")]
    public async Task With_a_common_width_silos_and_their_coordinator_train_to_the_bits_of_one_process_of_that_width_and_a_wider_coordinator_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory("gnmlnet").FullName, id = $"width-{Guid.NewGuid():N}";
        int port = FreePort.On(IPAddress.Loopback), gateway = FreePort.On(IPAddress.Loopback);
        SiloProgram narrow = TestSilo.Program with { Environment = s_narrow };
        string[] arguments = ["silo", "--cluster", $"local@{port}", "--cluster-id", id, "--allow", folder, "--ends-with-input"];
        await using SiloProcess first = SiloProcess.Start(narrow, [.. arguments, "--name", "first", "--gateway-port", $"{gateway}"]);
        await first.Ready(TimeLimit.Minute());
        await using SiloProcess second = SiloProcess.Start(narrow, [.. arguments, "--name", "second"]);
        await second.Ready(TimeLimit.Minute());
        ClusterSpecification cluster = ClusterSpecification.Local(port, id);
        (await ClusterStatus.ReadAsync(cluster, gateway, cancellation: TimeLimit.Minute())).Select(silo => silo.VectorBits).Should().Equal(256, 256);

        string[] hashes = await Task.WhenAll(Hash(), Hash($"local@{port}", id, folder));
        hashes[0].Should().NotBeEmpty();
        hashes[1].Should().Be(hashes[0]);
        await using ClusterSilo wide = await ClusterSilo.StartAsync(TestSilo.Options(cluster) with { TakesWork = false });
        (await FluentActions.Awaiting(() => wide.OpenTableAsync(TestTable.Kind, new TestTable(Length: 10, Milliseconds: 0).Description, 2)).Should().ThrowAsync<ClusterException>())
            .WithMessage("Silo *(127.0.0.1:*) is refused: it computes with vectors of 256 bits*DOTNET_PreferredVectorBitWidth=256*");
        Directory.Delete(folder, recursive: true);
    }

    private static Task<string> Hash(params string[] where) => Task.Run(() => Tool.Run(Path.GetTempPath(), s_narrow, TestSilo.Program.FileName, [.. TestSilo.Program.Arguments, TestCoordinator.Model, .. where]));
}
