namespace GnMlNet.Core.Streaming;

/// <summary>Records in memory, in pieces of about a megabyte.</summary>
internal sealed class MemoryRecords : RecordStore
{
    private const int PieceBytes = 1 << 20;

    private readonly int _recordsOfPiece;
    private readonly List<byte[]> _pieces = [];

    internal MemoryRecords(int recordBytes)
        : base(recordBytes) => _recordsOfPiece = Math.Max(1, PieceBytes / recordBytes);

    internal override bool IsOnDisk => false;

    internal override void Read(int first, Span<byte> target)
    {
        for (int at = 0; at < target.Length; at += RecordBytes, first++) Record(first).CopyTo(target[at..]);
    }

    public override void Dispose() => _pieces.Clear();

    private protected override void AppendRecord(ReadOnlySpan<byte> record)
    {
        if (Count % _recordsOfPiece == 0) _pieces.Add(GC.AllocateUninitializedArray<byte>(_recordsOfPiece * RecordBytes));
        record.CopyTo(Record(Count));
    }

    private Span<byte> Record(int index) => _pieces[index / _recordsOfPiece].AsSpan(index % _recordsOfPiece * RecordBytes, RecordBytes);
}
