namespace GnMlNet.Core.Objectives;

/// <summary>A run of blocks of rows that goes on at block 0 behind the last.</summary>
/// <param name="First">The first block.</param>
/// <param name="Count">How many blocks, at most <paramref name="Total"/>.</param>
/// <param name="Total">How many blocks there are in all.</param>
internal readonly record struct RowSample(int First, int Count, int Total)
{
    internal bool IsAll => Count == Total;

    internal static RowSample All(int total) => new(0, total, total);

    /// <summary>Whether block <paramref name="index"/> is in the sample.</summary>
    internal bool Contains(int index) => (index - First + Total) % Total < Count;
}
