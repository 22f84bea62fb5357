namespace GnMlNet.Core.Streaming;

/// <summary>Records in several stores, some of which may not be there, under the numbers that they have in the whole.</summary>
/// <param name="recordBytes">The size of a record.</param>
/// <param name="count">How many there are in the whole.</param>
/// <param name="pieces">The stores with the number of the first record of each, ascending; they stay the caller's.</param>
internal sealed class PartedRecords(int recordBytes, int count, IReadOnlyList<(int First, RecordStore Store)> pieces) : RecordStore(recordBytes, count)
{
    internal override bool IsOnDisk { get; } = pieces.Any(piece => piece.Store.IsOnDisk);

    internal override void Read(int first, Span<byte> target)
    {
        for (int at = first; !target.IsEmpty;)
        {
            (int begin, RecordStore store) = pieces.LastOrDefault(piece => piece.First <= at);
            if (store is null || at >= begin + store.Count) throw new InvalidOperationException($"Record {at} is not here.");
            int some = Math.Min(target.Length / RecordBytes, begin + store.Count - at);
            store.Read(at - begin, target[..(some * RecordBytes)]);
            target = target[(some * RecordBytes)..];
            at += some;
        }
    }

    public override void Dispose()
    {
    }

    private protected override void AppendRecord(ReadOnlySpan<byte> record) => throw new NotSupportedException("Records are appended to the stores.");
}
