using System.Text;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Checkpoints;

/// <summary>Writes the numbers of a state, little-endian; <see cref="StateReader"/> reads them in the same order.</summary>
/// <param name="stream">Where to; left open.</param>
internal sealed class StateWriter(Stream stream) : IDisposable
{
    private readonly BinaryWriter _writer = new(stream, Encoding.UTF8, leaveOpen: true);

    internal void Write(bool value) => _writer.Write(value);

    internal void Write(int value) => _writer.Write(value);

    internal void Write(long value) => _writer.Write(value);

    internal void Write(double value) => _writer.Write(value);

    /// <summary>Numbers whose count whoever reads them knows.</summary>
    internal void Write(ReadOnlySpan<double> values)
    {
        foreach (double value in values) _writer.Write(value);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{double})"/>
    internal void Write(ReadOnlySpan<float> values)
    {
        foreach (float value in values) _writer.Write(value);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{double})"/>
    internal void Write(ReadOnlySpan<int> values)
    {
        foreach (int value in values) _writer.Write(value);
    }

    /// <summary>Bytes whose count whoever reads them knows.</summary>
    internal void Write(ReadOnlySpan<byte> values) => _writer.Write(values);

    /// <summary>Bytes behind their count.</summary>
    internal void WriteCounted(ReadOnlySpan<byte> values)
    {
        _writer.Write(values.Length);
        _writer.Write(values);
    }

    /// <summary>Numbers behind their count.</summary>
    internal void WriteCounted(ReadOnlySpan<int> values)
    {
        _writer.Write(values.Length);
        Write(values);
    }

    internal void Write(string text) => WriteCounted(Encoding.UTF8.GetBytes(text));

    /// <summary>The lower triangle of a matrix, row by row.</summary>
    internal void Write(SymmetricMatrix matrix)
    {
        for (int i = 0; i < matrix.Size; i++) Write(matrix.Row(i));
    }

    public void Dispose() => _writer.Dispose();
}
