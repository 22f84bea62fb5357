using System.Net;
using System.Net.Sockets;

namespace GnMlNet.Cluster;

/// <summary>A port that nobody uses.</summary>
internal static class FreePort
{
    /// <summary>A port of an address: the one that is wanted, where nobody has it.</summary>
    internal static int On(IPAddress address, int wanted = 0)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, wanted));
        }
        catch (SocketException) when (wanted > 0)
        {
            return On(address);
        }

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
