using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Processes;

namespace GnMlNet.Cluster.Tests;

/// <summary>Bytes on the ports of a silo that no silo sends.</summary>
public class MalformedMessageTests
{
    private const long MostGrowth = 64L << 20;
    private const int Connections = 40;

    [Fact]
    public async Task Bytes_that_are_no_messages_neither_end_a_silo_nor_fill_its_memory()
    {
        if (!OperatingSystem.IsLinux()) return;
        string id = $"malformed-{Guid.NewGuid():N}";
        byte[] preamble = await Preamble(id);
        int gateway = FreePort.On(IPAddress.Loopback), port = FreePort.On(IPAddress.Loopback);
        ClusterSpecification cluster = ClusterSpecification.Local(port, id);
        await using SiloProcess silo = SiloProcess.Start(TestSilo.Program, ["silo", "--cluster", $"local@{port}", "--port", $"{port}", "--gateway-port", $"{gateway}", "--cluster-id", id, "--ends-with-input"]);
        await silo.Ready(TimeLimit.Minute());
        await ClusterStatus.ReadAsync(cluster, gateway, cancellation: TimeLimit.Minute());
        long before = PeakMemory(silo.Id);

        var random = new Random(11);
        List<Socket> open = [];
        foreach (int target in new[] { port, gateway })
        {
            // Noise, a length that is no length, a half of a greeting, and connections on which nothing comes.
            byte[] noise = new byte[100_000];
            random.NextBytes(noise);
            byte[][] greetings = [noise, Int32s(int.MaxValue), Int32s(-1), Int32s(1 << 30, 1 << 30), preamble[..(preamble.Length / 2)], []];
            foreach (byte[] greeting in greetings)
            {
                for (int k = 0; k < Connections; k++) open.Add(await Send(target, greeting));
            }

            // Behind a greeting that is right: lengths of headers and bodies that are too long, negative, or right with noise behind them.
            foreach (byte[] frame in new[] { Int32s(int.MaxValue, int.MaxValue), Int32s(-5, -5), Int32s((1 << 20) + 1, 0), Int32s(0, (1 << 23) + 1), Int32s(1000, 90_000), Int32s((1 << 20) - 1, (1 << 23) - 1) })
            {
                for (int k = 0; k < Connections; k++) open.Add(await Send(target, [.. preamble, .. frame, .. noise]));
            }
        }

        await Task.Delay(500);
        silo.HasExited.Should().BeFalse();
        (PeakMemory(silo.Id) - before).Should().BeLessThan(MostGrowth);
        // It still answers, and others can join it, while those connections are open and after.
        await using (await ClusterSilo.StartAsync(TestSilo.Options(cluster), TimeLimit.Minute()))
        {
        }

        foreach (Socket socket in open) socket.Dispose();
        (await ClusterStatus.ReadAsync(cluster, gateway, cancellation: TimeLimit.Minute())).Should().ContainSingle().Which.State.Should().Be("Active");
        await using ClusterSilo second = await ClusterSilo.StartAsync(TestSilo.Options(cluster), TimeLimit.Minute());
    }

    /// <summary>What a silo of the cluster says first: heard by listening where it looks for the first silo.</summary>
    private static async Task<byte[]> Preamble(string clusterId)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        await using SiloProcess silo = SiloProcess.Start(TestSilo.Program, ["silo", "--cluster", $"local@{port}", "--cluster-id", clusterId, "--ends-with-input"]);
        using Socket socket = await listener.AcceptAsync(TimeLimit.Minute());
        byte[] bytes = new byte[4096];
        int length = await socket.ReceiveAsync(bytes, TimeLimit.Minute());
        silo.Kill();
        length.Should().BeGreaterThan(sizeof(int));
        return bytes[..length];
    }

    private static async Task<Socket> Send(int port, byte[] bytes)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        try
        {
            using var limit = new CancellationTokenSource(1000);
            for (int sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent), limit.Token);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // It has closed the connection, or does not read on.
        }

        return socket;
    }

    private static byte[] Int32s(params int[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(int)];
        foreach ((int k, int value) in values.Index()) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(k * sizeof(int)), value);
        return bytes;
    }

    // The kernel's own account, in kibibytes.
    private static long PeakMemory(int process) =>
        1024 * long.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split([(char)9, (char)32], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
