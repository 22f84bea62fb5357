using System.Buffers.Binary;
using System.Security.Cryptography;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Checkpoints;

/// <summary>What tells a table from others: its size, and the SHA-256 of each of its parts, in the order of the rows.</summary>
internal sealed class TableFingerprint
{
    private static readonly string[] Parts = ["features", "labels", "weights", "groups", "categorical columns"];

    private readonly byte[][] _hashes;

    private TableFingerprint(int rows, int features, byte[][] hashes) => (Rows, Features, _hashes) = (rows, features, hashes);

    /// <summary>n.</summary>
    internal int Rows { get; }

    /// <summary>d.</summary>
    internal int Features { get; }

    /// <summary>Takes that of a table.</summary>
    internal static TableFingerprint Of(RegressionData data) => new(data.RowCount, data.InputSize,
    [
        Hash(from block in data.Blocks from k in Enumerable.Range(0, data.InputSize) from j in Enumerable.Range(0, block.RowCount) select BitConverter.DoubleToInt64Bits(block.Values[(k * RowBlock.Stride) + j])),
        Hash(data.Labels().Select(BitConverter.DoubleToInt64Bits)),
        Hash(data.Weights().Select(BitConverter.DoubleToInt64Bits)),
        Hash(data.HasGroups ? data.Groups().Select(group => group ?? long.MaxValue) : []),
        Hash(data.Categories.SelectMany(range => new long[] { range.First, range.Last })),
    ]);

    internal void Write(StateWriter writer)
    {
        writer.Write(Rows);
        writer.Write(Features);
        foreach (byte[] hash in _hashes) writer.Write(hash);
    }

    internal static TableFingerprint Read(StateReader reader) => new(
        reader.ReadInt32(1, int.MaxValue, "the number of rows"),
        reader.ReadInt32(1, int.MaxValue, "the number of features"),
        [.. Parts.Select(part => reader.ReadBytes(SHA256.HashSizeInBytes, $"the SHA-256 of {part}"))]);

    /// <summary>What tells it from another, in words for both; null where nothing does.</summary>
    /// <param name="present">The other.</param>
    /// <param name="name">What both are called.</param>
    internal (string Recorded, string Present)? Difference(TableFingerprint present, string name)
    {
        if (Rows != present.Rows || Features != present.Features) return ($"of {name} with {Size}", $"one with {present.Size}");
        string[] differing = [.. Parts.Where((_, i) => !_hashes[i].AsSpan().SequenceEqual(present._hashes[i]))];
        return differing.Length == 0 ? null : ($"of {name} with {Size}", $"one of the same size with other {string.Join(" and ", differing)}");
    }

    private string Size => FormattableString.Invariant($"{Rows:N0} {(Rows == 1 ? "row" : "rows")} and {Features:N0} {(Features == 1 ? "feature" : "features")}");

    private static byte[] Hash(IEnumerable<long> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 13];
        int at = 0;
        foreach (long value in values)
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(at), value);
            if ((at += sizeof(long)) < buffer.Length) continue;
            hash.AppendData(buffer);
            at = 0;
        }

        hash.AppendData(buffer, 0, at);
        return hash.GetHashAndReset();
    }
}
