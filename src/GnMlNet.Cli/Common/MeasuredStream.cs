namespace GnMlNet.Cli.Common;

/// <summary>A stream to a file that counts what is written. Where the device is full it may go on counting, so that the bytes that the whole needs are known in the end.</summary>
/// <param name="inner">The file, without a buffer of its own.</param>
/// <param name="canSeek">Whether one may go back in it.</param>
/// <param name="countsOn">Whether the count goes on where the device is full.</param>
/// <param name="cannot">Makes of a reason what is thrown.</param>
internal sealed class MeasuredStream(Stream inner, bool canSeek, bool countsOn, Func<string, Exception> cannot) : Stream
{
    private long _position;
    private long _length;

    /// <summary>Whether the device had no space for something that was written.</summary>
    internal bool IsFull { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => canSeek;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set
        {
            if (!canSeek) throw new NotSupportedException();
            if (!IsFull) inner.Position = value;
            _position = value;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!IsFull)
        {
            try
            {
                inner.Write(buffer);
            }
            catch (IOException error) when (WriteFailure.IsFull(error))
            {
                if (!countsOn) throw cannot(Invariant($"{WriteFailure.Reason(error)}; at least {_length + buffer.Length:N0} bytes are needed"));
                IsFull = true;
            }
            catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException && !WriteFailure.IsClosedPipe(error)))
            {
                throw cannot(WriteFailure.Reason(error));
            }
        }

        _position += buffer.Length;
        _length = Math.Max(_length, _position);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        if (!IsFull) inner.Flush();
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => _length,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Copies everything that was written to another file.</summary>
    internal void CopyInto(Stream other)
    {
        inner.Position = 0;
        inner.CopyTo(other);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
