using System.Security.Cryptography;

namespace GnMlNet.Ledger.Instances;

/// <summary>The SHA-256 hashes of the files of the instances: what a ledger was computed from.</summary>
internal static class InstanceHashes
{
    private const string Extension = ".json";

    /// <summary>The name of every instance and the hash of its file's bytes, 64 lower-case hexadecimal digits, by name.</summary>
    internal static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(
        typeof(InstanceHashes).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).ToDictionary(name => name[..^Extension.Length], Hash),
        StringComparer.Ordinal);

    private static string Hash(string resource)
    {
        using Stream stream = typeof(InstanceHashes).Assembly.GetManifestResourceStream(resource)!;
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
