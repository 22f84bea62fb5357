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

    /// <summary>The next block, in an array of the shared pool; its last line may lack an end where the text ends. Nothing at the end of the text.</summary>
    internal ArraySegment<char> Next()
    {
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
