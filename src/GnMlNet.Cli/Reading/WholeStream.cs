namespace GnMlNet.Cli.Reading;

/// <summary>A file in which nobody reads single bytes beyond the end: a reader of Parquet that does so would go on for ever.</summary>
/// <param name="file">The file; it is disposed of with the stream.</param>
internal sealed class WholeStream(Stream file) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => file.Read(buffer);

    /// <exception cref="EndOfStreamException">The file has ended.</exception>
    public override int ReadByte() => file.ReadByte() is var next and >= 0 ? next : throw new EndOfStreamException();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
