using System.Security.Cryptography;
using GnMlNet.Core.Data;

namespace GnMlNet.Core.Checkpoints;

/// <summary>What tells a table from others: its size, and the SHA-256 of each of its parts, in the order of the rows.</summary>
internal sealed class TableFingerprint
{
    private static readonly string[] Parts = ["features", "labels", "weights", "groups", "categorical columns"];

    private readonly byte[][] _hashes;

    private TableFingerprint(long rows, int features, byte[][] hashes) => (Rows, Features, _hashes) = (rows, features, hashes);

    /// <summary>n.</summary>
    internal long Rows { get; }

    /// <summary>d.</summary>
    internal int Features { get; }

    /// <summary>Takes that of a table, in one pass over its rows.</summary>
    internal static TableFingerprint Of(IRowSource source)
    {
        using NumbersHash features = new(), labels = new(), weights = new(), groups = new(), categories = new();
        foreach (SourceBlock block in source.Blocks())
        {
            RowBlock rows = block.Rows;
            for (int k = 0; k < source.InputSize; k++) features.Add(rows.Column(k)[..rows.RowCount]);
            labels.Add(rows.Labels.AsSpan(0, rows.RowCount));
            weights.Add(rows.Weights.AsSpan(0, rows.RowCount));
            for (int j = 0; source.HasGroups && j < rows.RowCount; j++) groups.Add(block.GroupOf(j) ?? long.MaxValue);
        }

        foreach (CategoryRange range in source.Categories)
        {
            categories.Add(range.First);
            categories.Add(range.Last);
        }

        return new TableFingerprint(source.RowCount, source.InputSize, [features.Take(), labels.Take(), weights.Take(), groups.Take(), categories.Take()]);
    }

    internal void Write(StateWriter writer)
    {
        writer.Write(Rows);
        writer.Write(Features);
        foreach (byte[] hash in _hashes) writer.Write(hash);
    }

    internal static TableFingerprint Read(StateReader reader) => new(
        reader.ReadInt64(1, long.MaxValue, "the number of rows"),
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
}
