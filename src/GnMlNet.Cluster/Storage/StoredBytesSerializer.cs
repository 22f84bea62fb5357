using Orleans.Storage;

namespace GnMlNet.Cluster.Storage;

/// <summary>Keeps bytes as they are: what they hold has a hash of its own.</summary>
internal sealed class StoredBytesSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(((StoredBytes)(object)input!).Bytes);

    public T Deserialize<T>(BinaryData input) => (T)(object)new StoredBytes { Bytes = input.ToArray() };
}
