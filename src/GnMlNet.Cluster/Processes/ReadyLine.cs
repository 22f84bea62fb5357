using System.Net;

namespace GnMlNet.Cluster.Processes;

/// <summary>The line that tells whoever started a process that its silo has joined.</summary>
internal static class ReadyLine
{
    private const string Start = "silo ready at ";

    internal static string Of(IPEndPoint endpoint) => Start + endpoint;

    /// <summary>The address in it, or null of another line.</summary>
    internal static IPEndPoint? Endpoint(string line) => line.StartsWith(Start, StringComparison.Ordinal) && IPEndPoint.TryParse(line.AsSpan(Start.Length), out IPEndPoint? endpoint) ? endpoint : null;
}
