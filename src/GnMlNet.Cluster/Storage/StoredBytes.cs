namespace GnMlNet.Cluster.Storage;

/// <summary>Bytes as Orleans' grain storage keeps them.</summary>
internal sealed class StoredBytes
{
    internal byte[] Bytes { get; set; } = [];
}
