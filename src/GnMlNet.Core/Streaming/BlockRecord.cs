using System.Runtime.InteropServices;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Streaming;

/// <summary>A block of rows as bytes: its columns in single precision, then labels and weights in double and, where rows have groups, these. Numbers are in the order of bytes of the machine.</summary>
/// <param name="columns">How many columns there are.</param>
/// <param name="hasGroups">Whether rows have groups.</param>
internal sealed class BlockRecord(int columns, bool hasGroups = false)
{
    // A group is any int.
    private const long NoGroup = long.MinValue;

    private const int Rows = RowBlock.Capacity;

    /// <summary>The bytes of a record.</summary>
    internal int Bytes { get; } = checked(((columns * sizeof(float)) + (2 * sizeof(double)) + (hasGroups ? sizeof(long) : 0)) * Rows);

    /// <summary>Writes a block.</summary>
    /// <param name="block">The rows; of its columns the first ones are written.</param>
    /// <param name="groups">Their groups, or nothing where rows have none.</param>
    /// <param name="record">Where it goes.</param>
    internal void Write(RowBlock block, ReadOnlySpan<int?> groups, Span<byte> record)
    {
        Span<float> values = Values(record);
        for (int k = 0; k < columns; k++)
        {
            ReadOnlySpan<double> column = block.Column(k);
            Span<float> of = values.Slice(k * Rows, Rows);
            for (int j = 0; j < of.Length; j++) of[j] = (float)column[j];
        }

        Span<double> tail = Tail(record);
        block.Labels.CopyTo(tail);
        block.Weights.CopyTo(tail[Rows..]);
        if (!hasGroups) return;
        Span<long> numbers = Groups(record);
        numbers.Fill(NoGroup);
        for (int j = 0; j < groups.Length; j++) numbers[j] = groups[j] ?? NoGroup;
    }

    /// <summary>Reads a block; of its columns the first ones are overwritten.</summary>
    /// <param name="record">The bytes.</param>
    /// <param name="rowCount">How many rows are in use.</param>
    /// <param name="block">Where the rows go.</param>
    internal void Read(ReadOnlySpan<byte> record, int rowCount, RowBlock block)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(record)[..(columns * Rows)];
        for (int k = 0; k < columns; k++) Vectors.Widen(values.Slice(k * Rows, Rows), block.Column(k));
        ReadOnlySpan<double> tail = MemoryMarshal.Cast<byte, double>(record[(columns * Rows * sizeof(float))..]);
        tail[..Rows].CopyTo(block.Labels);
        tail.Slice(Rows, Rows).CopyTo(block.Weights);
        block.RowCount = rowCount;
    }

    /// <summary>Reads the groups of a block, where rows have some.</summary>
    internal void ReadGroups(ReadOnlySpan<byte> record, Span<int?> groups)
    {
        ReadOnlySpan<long> numbers = MemoryMarshal.Cast<byte, long>(record[GroupsAt..]);
        for (int j = 0; j < groups.Length; j++) groups[j] = numbers[j] == NoGroup ? null : (int)numbers[j];
    }

    private int GroupsAt => ((columns * sizeof(float)) + (2 * sizeof(double))) * Rows;

    private Span<float> Values(Span<byte> record) => MemoryMarshal.Cast<byte, float>(record)[..(columns * Rows)];

    private Span<double> Tail(Span<byte> record) => MemoryMarshal.Cast<byte, double>(record[(columns * Rows * sizeof(float))..])[..(2 * Rows)];

    private Span<long> Groups(Span<byte> record) => MemoryMarshal.Cast<byte, long>(record[GroupsAt..]);
}
