using Microsoft.Data.Analysis;

namespace GnMlNet.DataFrames.Reading;

/// <summary>The cells of a column of primitive values, straight from its buffers: no cell is boxed.</summary>
internal static class PrimitiveCells
{
    /// <summary>What a function makes of every cell, in the order of the rows.</summary>
    /// <typeparam name="T">The type of the cells.</typeparam>
    /// <typeparam name="TResult">What becomes of them.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="convert">The function.</param>
    /// <param name="missing">What becomes of null.</param>
    internal static TResult[] Convert<T, TResult>(PrimitiveDataFrameColumn<T> column, Func<T, TResult> convert, TResult missing)
        where T : unmanaged
    {
        var result = new TResult[column.Length];
        int first = 0;
        foreach ((ReadOnlyMemory<T> data, ReadOnlyMemory<byte> validity) in column.GetReadOnlyDataBuffers().Zip(column.GetReadOnlyNullBitMapBuffers()))
        {
            ReadOnlySpan<T> values = data.Span;
            ReadOnlySpan<byte> bits = validity.Span;
            // One bit for each cell, as in Apache Arrow: 1 where there is a value.
            for (int k = 0; k < values.Length; k++) result[first + k] = (bits[k >> 3] >> (k & 7) & 1) == 1 ? convert(values[k]) : missing;
            first += values.Length;
        }

        return result;
    }
}
