using System.Numerics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>Points of d coordinates, column by column, so that the lanes of a vector hold one coordinate of neighbouring points. Zeros fill the last vector.</summary>
internal sealed unsafe class PointColumns<T>
    where T : unmanaged, INumberBase<T>
{
    private readonly AlignedBuffer<T> _values;
    private T[]? _table;

    /// <param name="count">n, the number of points.</param>
    /// <param name="dimensions">d, the number of coordinates.</param>
    internal PointColumns(int count, int dimensions)
    {
        (Count, Dimensions, Stride) = (count, dimensions, AlignedBuffer<T>.StrideOf(count));
        _values = new AlignedBuffer<T>((long)dimensions * Stride);
    }

    /// <summary>n, the number of points.</summary>
    internal int Count { get; }

    /// <summary>d, the number of coordinates.</summary>
    internal int Dimensions { get; }

    /// <summary>From one column to the next.</summary>
    internal int Stride { get; }

    internal T* Pointer => _values.Pointer;

    /// <summary>All coordinates, point by point; made once.</summary>
    internal T[] Table
    {
        get
        {
            if (_table is not null) return _table;
            var table = new T[Count * Dimensions];
            for (int i = 0; i < Count; i++) CopyPoint(i, table.AsSpan(i * Dimensions, Dimensions));
            return _table = table;
        }
    }

    /// <summary>Points from their coordinates, point by point.</summary>
    internal static PointColumns<T> OfTable(T[] table, int dimensions)
    {
        var points = new PointColumns<T>(table.Length / dimensions, dimensions) { _table = table };
        for (int k = 0; k < dimensions; k++)
        {
            Span<T> column = points.Column(k);
            for (int i = 0; i < points.Count; i++) column[i] = table[(i * dimensions) + k];
        }

        return points;
    }

    /// <summary>Coordinate k of all points.</summary>
    internal Span<T> Column(int k) => _values.Slice((long)k * Stride, Count);

    /// <summary>The coordinates of a point.</summary>
    internal void CopyPoint(int i, Span<T> coordinates)
    {
        for (int k = 0; k < Dimensions; k++) coordinates[k] = _values.Pointer[((long)k * Stride) + i];
    }

    /// <summary>Some of the points, in the order given.</summary>
    internal PointColumns<T> Select(ReadOnlySpan<int> points)
    {
        var selection = new PointColumns<T>(points.Length, Dimensions);
        for (int k = 0; k < Dimensions; k++)
        {
            Span<T> from = Column(k), to = selection.Column(k);
            for (int j = 0; j < points.Length; j++) to[j] = from[points[j]];
        }

        return selection;
    }

    /// <summary>The same points in another precision.</summary>
    internal PointColumns<TOther> As<TOther>()
        where TOther : unmanaged, INumberBase<TOther>
    {
        var other = new PointColumns<TOther>(Count, Dimensions);
        for (int k = 0; k < Dimensions; k++)
        {
            Span<T> from = Column(k);
            Span<TOther> to = other.Column(k);
            for (int j = 0; j < Count; j++) to[j] = TOther.CreateTruncating(from[j]);
        }

        return other;
    }
}
