using System.Net;
using GnMlNet.Cluster.Connections;

namespace GnMlNet.Cluster;

/// <summary>A port that nobody uses.</summary>
internal static class FreePort
{
    /// <summary>One that nobody had a moment ago.</summary>
    internal static int On(IPAddress address)
    {
        using OwnPort port = OwnPort.Take(address, 0, mayMove: false);
        return port.Number;
    }
}
