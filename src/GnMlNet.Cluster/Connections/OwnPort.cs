using System.Net;
using System.Net.Sockets;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Connections;

/// <summary>A port that this process has to itself, from before anybody is told of it until its silo ends.</summary>
internal sealed class OwnPort : IDisposable
{
    // A connection whose other side is silent is asked whether that is there.
    private const int SilentSeconds = 90, SecondsBetweenQuestions = 30, Questions = 10;

    // Connections that nobody has taken yet.
    private const int MostWaiting = 512;

    private OwnPort(Socket socket) => Socket = socket;

    internal int Number => ((IPEndPoint)Socket.LocalEndPoint!).Port;

    /// <summary>The socket that listens there.</summary>
    internal Socket Socket { get; }

    /// <summary>Takes a port. Of all that want the same one gets it, in whatever processes they are.</summary>
    /// <param name="address">The address.</param>
    /// <param name="wanted">The port; 0 for any that is free.</param>
    /// <param name="mayMove">Whether another one will do where somebody has it.</param>
    /// <exception cref="ClusterException">Somebody has it, or the address is not of this machine.</exception>
    internal static OwnPort Take(IPAddress address, int wanted, bool mayMove)
    {
        // Without 'ReuseAddress', with which Linux lets several listen at one port.
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, wanted));
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, SilentSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, SecondsBetweenQuestions);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Questions);
            // Several may bind to a port; one can listen there.
            socket.Listen(MostWaiting);
            return new OwnPort(socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            if (mayMove && error.SocketErrorCode == SocketError.AddressAlreadyInUse) return Take(address, 0, mayMove: false);
            throw new ClusterException($"A silo cannot listen at {new IPEndPoint(address, wanted)}: {error.Message.TrimEnd('.')}. Choose another port or address.", error);
        }
    }

    public void Dispose() => Socket.Dispose();
}
