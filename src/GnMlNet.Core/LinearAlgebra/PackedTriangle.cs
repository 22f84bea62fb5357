using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// A lower triangular matrix T of floats or doubles, for the squared norms of its products with many vectors. It lies in panels of rows that fill two vector registers, column by column, with zeros
/// right of the diagonal: lanes run along the rows, so an entry of T v is summed over its columns in order, each product added with one rounding. The bits of a norm depend neither on the vectors beside it nor on
/// the width of the registers.
/// </summary>
internal sealed unsafe class PackedTriangle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many vectors are best given at a time: with some hundred entries they stay in the second-level cache, a panel beside them.</summary>
    internal const int VectorsAtOnce = 96;

    // Two registers of rows and six vectors: twelve sums, which with two registers of T and one of v fill the sixteen that most machines have.
    private const int Group = 6;

    // With them a piece of a panel takes half of the first-level cache.
    private const int ColumnsAtOnce = 128;

    // Squares of entries whose numbers leave the same remainder are summed together.
    private const int PartialSums = 8;

    private readonly AlignedBuffer<T> _panels;
    private T[]? _rows;

    /// <param name="size">How many rows it has.</param>
    /// <param name="rows">The entries up to the diagonal, row by row, size (size + 1)/2 numbers.</param>
    internal PackedTriangle(int size, ReadOnlySpan<T> rows)
    {
        Size = size;
        _panels = new AlignedBuffer<T>(PanelStart((size + PanelHeight - 1) / PanelHeight));
        for (int i = 0, at = 0; i < size; i++)
        {
            T* column = Entry(i);
            for (int a = 0; a <= i; a++) column[a * PanelHeight] = rows[at++];
        }
    }

    /// <summary>How many rows it has.</summary>
    internal int Size { get; }

    /// <summary>The entries up to the diagonal, row by row; made once.</summary>
    internal ReadOnlySpan<T> Rows
    {
        get
        {
            if (_rows is not null) return _rows;
            var rows = new T[Length(Size)];
            for (int i = 0, at = 0; i < Size; i++)
            {
                T* column = Entry(i);
                for (int a = 0; a <= i; a++) rows[at++] = column[a * PanelHeight];
            }

            return _rows = rows;
        }
    }

    private static int Lanes => Vector512.IsHardwareAccelerated ? WideTileLanes<T>.Count : NativeTileLanes<T>.Count;

    private static int PanelHeight => 2 * Lanes;

    /// <summary>How many numbers a triangle has.</summary>
    internal static long Length(long size) => size * (size + 1) / 2;

    /// <summary>|T v|^2 for vectors v, squares summed in double. Where an entry of T v leaves the range of T it is infinite, or not a number where v is not.</summary>
    /// <param name="vectors">The vectors, one after the other, <see cref="Size"/> numbers each.</param>
    /// <param name="norms">One number for each vector.</param>
    internal void SquaredNorms(ReadOnlySpan<T> vectors, Span<double> norms)
    {
        _ = vectors[..(norms.Length * Size)];
        fixed (T* first = vectors)
        {
            for (int start = 0; start < norms.Length; start += VectorsAtOnce)
            {
                Span<double> some = norms.Slice(start, Math.Min(VectorsAtOnce, norms.Length - start));
                if (Vector512.IsHardwareAccelerated) SquaredNorms<WideTileLanes<T>>(first + ((nint)start * Size), some);
                else SquaredNorms<NativeTileLanes<T>>(first + ((nint)start * Size), some);
            }
        }
    }

    [SkipLocalsInit]
    private void SquaredNorms<TLanes>(T* vectors, Span<double> norms)
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        double* squares = stackalloc double[norms.Length * PartialSums];
        new Span<double>(squares, norms.Length * PartialSums).Clear();
        T* products = stackalloc T[norms.Length * PanelHeight];
        for (int panel = 0; panel * PanelHeight < Size; panel++)
        {
            int row = panel * PanelHeight, columns = Math.Min(Size, row + PanelHeight), grouped = norms.Length / Group * Group;
            new Span<T>(products, norms.Length * PanelHeight).Clear();
            for (int column = 0; column < columns; column += ColumnsAtOnce)
            {
                T* entries = _panels.Pointer + PanelStart(panel) + (column * PanelHeight), v = vectors + column;
                int count = Math.Min(ColumnsAtOnce, columns - column);
                for (int j = 0; j < grouped; j += Group) AddProducts<TLanes, All>(entries, count, v + ((nint)j * Size), Size, products + (j * PanelHeight));
                for (int j = grouped; j < norms.Length; j++) AddProducts<TLanes, One>(entries, count, v + ((nint)j * Size), Size, products + (j * PanelHeight));
            }

            for (int j = 0; j < norms.Length; j++) AddSquares(products + (j * PanelHeight), row, squares + (j * PartialSums));
        }

        for (int j = 0; j < norms.Length; j++)
        {
            double* s = squares + (j * PartialSums);
            norms[j] = ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
        }
    }

    /// <summary>Adds the products of some columns of a panel with one or all vectors of a group, vector by vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddProducts<TLanes, TCount>(T* panel, int columns, T* v0, nint stride, T* products)
        where TLanes : struct, ITileLanes<TLanes, T>
        where TCount : struct, ICount
    {
        int height = 2 * TLanes.Count;
        T* p1 = products + height, p2 = p1 + height, p3 = p2 + height, p4 = p3 + height, p5 = p4 + height;
        T* v1 = v0 + stride, v2 = v1 + stride, v3 = v2 + stride, v4 = v3 + stride, v5 = v4 + stride;
        TLanes a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        TLanes b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        Load(products, out TLanes a0, out TLanes b0);
        if (TCount.IsAll)
        {
            Load(p1, out a1, out b1);
            Load(p2, out a2, out b2);
            Load(p3, out a3, out b3);
            Load(p4, out a4, out b4);
            Load(p5, out a5, out b5);
        }

        for (nint k = 0; k < columns; k++, panel += 2 * TLanes.Count)
        {
            Load(panel, out TLanes upper, out TLanes lower);
            Add(upper, lower, v0[k], ref a0, ref b0);
            if (!TCount.IsAll) continue;
            Add(upper, lower, v1[k], ref a1, ref b1);
            Add(upper, lower, v2[k], ref a2, ref b2);
            Add(upper, lower, v3[k], ref a3, ref b3);
            Add(upper, lower, v4[k], ref a4, ref b4);
            Add(upper, lower, v5[k], ref a5, ref b5);
        }

        Store(a0, b0, products);
        if (!TCount.IsAll) return;
        Store(a1, b1, p1);
        Store(a2, b2, p2);
        Store(a3, b3, p3);
        Store(a4, b4, p4);
        Store(a5, b5, p5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TLanes>(T* first, out TLanes a, out TLanes b)
        where TLanes : struct, ITileLanes<TLanes, T> => (a, b) = (TLanes.Load(first), TLanes.Load(first + TLanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes>(TLanes upper, TLanes lower, T number, ref TLanes a, ref TLanes b)
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        TLanes factor = TLanes.Of(number);
        a = TLanes.MultiplyAdd(upper, factor, a);
        b = TLanes.MultiplyAdd(lower, factor, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(TLanes a, TLanes b, T* products)
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        TLanes.Store(a, products);
        TLanes.Store(b, products + TLanes.Count);
    }

    /// <summary>Adds the squares of the entries of a panel to the partial sums, that of entry i to number i modulo 8.</summary>
    private static void AddSquares(T* products, int first, double* sums)
    {
        if (PanelHeight % PartialSums != 0)
        {
            for (int i = 0; i < PanelHeight; i++)
            {
                double product = double.CreateTruncating(products[i]);
                ref double sum = ref sums[(first + i) % PartialSums];
                sum = Math.FusedMultiplyAdd(product, product, sum);
            }

            return;
        }

        Vector256<double> low = Vector256.Load(sums), high = Vector256.Load(sums + 4);
        for (int i = 0; i < PanelHeight; i += PartialSums)
        {
            (Vector256<double> x, Vector256<double> y) = typeof(T) == typeof(double)
                ? (Vector256.Load((double*)products + i), Vector256.Load((double*)products + i + 4))
                : Vector256.Widen(Vector256.Load((float*)products + i));
            low = Vector256.FusedMultiplyAdd(x, x, low);
            high = Vector256.FusedMultiplyAdd(y, y, high);
        }

        low.Store(sums);
        high.Store(sums + 4);
    }

    /// <summary>Where a panel begins: the panels before it have 1, 2, 3, ... times as many columns as rows.</summary>
    private static long PanelStart(int panel) => PanelHeight * PanelHeight * Length(panel);

    /// <summary>The first entry of a row; the next lies the height of a panel behind it.</summary>
    private T* Entry(int row) => _panels.Pointer + PanelStart(row / PanelHeight) + (row % PanelHeight);

    private interface ICount
    {
        static abstract bool IsAll { get; }
    }

    private readonly struct One : ICount
    {
        public static bool IsAll => false;
    }

    private readonly struct All : ICount
    {
        public static bool IsAll => true;
    }
}
