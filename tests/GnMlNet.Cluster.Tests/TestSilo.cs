using System.Net;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using Microsoft.Extensions.Logging;

namespace GnMlNet.Cluster.Tests;

/// <summary>A silo as a process of its own, with the words of <c>gnml silo</c>, which knows the work of the tests.</summary>
internal static class TestSilo
{
    /// <summary>How this assembly is started as a program.</summary>
    internal static SiloProgram Program { get; } = new("dotnet", [typeof(TestSilo).Assembly.Location]);

    internal static IReadOnlyDictionary<string, IPartWorkFactory> PartWork { get; } = new Dictionary<string, IPartWorkFactory>(ClusterSharing.PartWork) { [TestTable.Kind] = new TestPartWorkFactory() };

    internal static IReadOnlyDictionary<string, IMemberWorkFactory> MemberWork { get; } = new Dictionary<string, IMemberWorkFactory>(ClusterSharing.MemberWork) { [TestTable.Kind] = new TestMemberWorkFactory() };

    /// <summary>Options of a silo that knows the work of the tests.</summary>
    internal static ClusterSiloOptions Options(ClusterSpecification cluster) => new() { Cluster = cluster, PartWork = PartWork, MemberWork = MemberWork, Address = IPAddress.Loopback };

    internal static async Task<int> Run(string[] args)
    {
        if (args is ["parent"])
        {
            await using LocalCluster children = await LocalCluster.StartProcesses(2, Program, [], Options(ClusterSpecification.Parse("local:2")), CancellationToken.None);
            await Console.Out.WriteLineAsync(string.Join(' ', children.Processes.Select(child => child.Id)));
            await Task.Delay(Timeout.Infinite);
        }

        if (args is [TestCoordinator.Train or TestCoordinator.Write or TestCoordinator.Model, ..]) return await TestCoordinator.Run(args);
        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;
        using ClusterCertificate? certificate = Value("--certificate") is { } file ? ClusterCertificate.Load(file, Value("--certificate-password-file")) : null;
        ClusterSiloOptions options = Options(ClusterSpecification.Parse(Value("--cluster")!, Value("--cluster-id") ?? ClusterSpecification.DefaultClusterId)) with
        {
            Name = Value("--name"),
            Certificate = certificate,
            Folders = new ShardFolders(Value("--allow") is { } folder ? [folder] : []),
            Port = int.Parse(Value("--port") ?? "0", System.Globalization.CultureInfo.InvariantCulture),
            GatewayPort = int.Parse(Value("--gateway-port") ?? "0", System.Globalization.CultureInfo.InvariantCulture),
            Version = Value("--version"),
            TelemetryEndpoint = Value("--otlp") is { } url ? new Uri(url) : null,
            Logging = Environment.GetEnvironmentVariable("GNMLNET_TEST_LOG") is { Length: > 0 } level ? log => log.SetMinimumLevel(Enum.Parse<LogLevel>(level)).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace) : null,
        };
        try
        {
            await SiloRun.Run(cancellation => ClusterSilo.StartAsync(options, cancellation), Console.Out, args.Contains("--ends-with-input"), CancellationToken.None);
            return 0;
        }
        catch (ClusterException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }
}
