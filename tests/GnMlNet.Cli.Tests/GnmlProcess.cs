using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GnMlNet.Cli.Tests;

/// <summary>The command as a process of its own.</summary>
internal static class GnmlProcess
{
    /// <summary>Starts it; its streams are the caller's.</summary>
    internal static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "gnml.dll"), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Sends it a signal.</summary>
    internal static void Send(Process process, string signal) => Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();

    /// <summary>Reads its output up to a line that begins so, which must come.</summary>
    internal static async Task WaitForLine(Process process, string start)
    {
        string? line;
        while ((line = await process.StandardOutput.ReadLineAsync()) is not null && !line.StartsWith(start, StringComparison.Ordinal))
        {
        }

        line.Should().NotBeNull();
    }

    /// <summary>A port that nobody had a moment ago.</summary>
    internal static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
