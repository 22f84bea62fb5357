using System.Diagnostics;
using System.Net;

namespace GnMlNet.Cluster.Tests;

/// <summary>A Redis server of its own on a free port, which keeps nothing.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly Process _process;

    private RedisServer(Process process, int port) => (_process, Port) = (process, port);

    internal static string? Obstacle { get; } = Tool.Find("redis-server") is null ? "redis-server is not on the path." : null;

    internal int Port { get; }

    internal string Specification => $"redis:127.0.0.1:{Port}";

    internal static async Task<RedisServer> Start()
    {
        int port = FreePort.On(IPAddress.Loopback);
        Process process = Tool.Start(Path.GetTempPath(), "redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        string? line;
        while ((line = await process.StandardOutput.ReadLineAsync(TimeLimit.Minute())) is not null && !line.Contains("Ready to accept", StringComparison.Ordinal))
        {
        }

        line.Should().NotBeNull();
        return new RedisServer(process, port);
    }

    /// <summary>Holds it still, or lets it go on.</summary>
    internal void Signal(string signal) => Tool.Signal(_process.Id, signal);

    public ValueTask DisposeAsync()
    {
        _process.Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
