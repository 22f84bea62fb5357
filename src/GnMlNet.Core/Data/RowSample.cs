namespace GnMlNet.Core.Data;

/// <summary>A run of blocks of rows that goes on at block 0 behind the last.</summary>
/// <param name="First">The first block.</param>
/// <param name="Count">How many blocks, at most <paramref name="Total"/>.</param>
/// <param name="Total">How many blocks there are in all.</param>
internal readonly record struct RowSample(int First, int Count, int Total)
{
    internal bool IsAll => Count == Total;

    internal static RowSample All(int total) => new(0, total, total);

    /// <summary>The index of the block at a position from 0 to <see cref="Count"/> - 1.</summary>
    internal int Block(int position) => (First + position) % Total;
}
