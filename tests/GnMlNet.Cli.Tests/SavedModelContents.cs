using System.IO.Compression;
using System.Security.Cryptography;

namespace GnMlNet.Cli.Tests;

/// <summary>What is in a saved model, whenever it was made: the archive itself holds the time.</summary>
internal static class SavedModelContents
{
    internal static IReadOnlyList<string> Of(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        var contents = new List<string>();
        foreach (ZipArchiveEntry entry in archive.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            using Stream stream = entry.Open();
            contents.Add($"{entry.FullName} {Convert.ToHexString(SHA256.HashData(stream))}");
        }

        return contents;
    }
}
