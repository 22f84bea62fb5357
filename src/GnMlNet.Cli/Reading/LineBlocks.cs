using System.Buffers;

namespace GnMlNet.Cli.Reading;

/// <summary>Reads a text in blocks of whole lines.</summary>
/// <param name="text">The text, from where it stands.</param>
internal sealed class LineBlocks(TextReader text)
{
    private const int BlockLength = 1 << 20;

    private char[] _rest = [];
    private int _restLength;
    private bool _isAtEnd;

    // One that was looked at.
    private ArraySegment<char>? _held;

    /// <summary>The next block, in an array of the shared pool; its last line may lack an end where the text ends. Nothing at the end of the text.</summary>
    internal ArraySegment<char> Next()
    {
        if (_held is { } held)
        {
            _held = null;
            return held;
        }

        char[] buffer = ArrayPool<char>.Shared.Rent(Math.Max(BlockLength, 2 * _restLength));
        _rest.AsSpan(0, _restLength).CopyTo(buffer);
        int filled = _restLength, end = -1;
        while (end < 0 && !_isAtEnd)
        {
            if (filled == buffer.Length) buffer = Enlarge(buffer);
            int read = text.ReadBlock(buffer, filled, buffer.Length - filled);
            _isAtEnd = read < buffer.Length - filled;
            filled += read;
            end = buffer.AsSpan(0, filled).LastIndexOf('\n');
        }

        int length = _isAtEnd ? filled : end + 1;
        _restLength = filled - length;
        if (_rest.Length < _restLength) _rest = new char[_restLength];
        buffer.AsSpan(length, _restLength).CopyTo(_rest);
        return new ArraySegment<char>(buffer, 0, length);
    }

    /// <summary>Goes past the next block where there is nothing special about its lines and all of its rows, one a line that is not blank, are to be skipped. Where they are not it stays, and comes next.</summary>
    /// <param name="mostRows">How many rows are to be skipped.</param>
    /// <param name="lines">How many lines were gone past.</param>
    /// <param name="rows">How many rows.</param>
    internal bool TrySkip(int mostRows, out int lines, out int rows)
    {
        (lines, rows) = (0, 0);
        if (mostRows <= 0) return false;
        ArraySegment<char> block = Next();
        ReadOnlySpan<char> text = block;
        bool isPlain = text.Length > 0 && !text.Contains('"');
        while (isPlain && !text.IsEmpty)
        {
            int end = text.IndexOf('\n');
            ReadOnlySpan<char> line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (line.EndsWith('\r')) line = line[..^1];
            isPlain = !line.Contains('\r');
            lines++;
            if (line.Length > 0) rows++;
        }

        if (isPlain && rows <= mostRows)
        {
            Return(block);
            return true;
        }

        _held = block;
        return false;
    }

    /// <summary>Gives a block back.</summary>
    internal static void Return(ArraySegment<char> block) => ArrayPool<char>.Shared.Return(block.Array!);

    private static char[] Enlarge(char[] buffer)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<char>.Shared.Return(buffer);
        return larger;
    }
}
