using System.Net;
using System.Net.Sockets;

namespace GnMlNet.Cluster;

/// <summary>A port that nobody uses.</summary>
internal static class FreePort
{
    internal static int On(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
