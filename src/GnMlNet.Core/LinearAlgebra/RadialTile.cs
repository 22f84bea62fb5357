using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The loops over a radial kernel of two parts, s1 exp(-sum_k a_k |x_k - z_k|) + s2 exp(-sum_k b_k (x_k - z_k)^2): its values between a point x and many points z, and
/// sums of them. Lanes run along the points z; each coordinate is read once for both parts. What depends on no point is left to the caller.
/// </summary>
internal sealed unsafe class RadialTile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Points whose values fit into the first-level cache.
    private const int Chunk = 512;

    // Rows of a block of products that are summed in T before they go into the double sums.
    internal const int Block = 512;

    private readonly T[] _absoluteRates;
    private readonly T[] _squareRates;
    private readonly T _absoluteVariance;
    private readonly T _squareVariance;

    /// <param name="absoluteRates">a_k, at least 0.</param>
    /// <param name="squareRates">b_k, at least 0.</param>
    /// <param name="absoluteVariance">s1, at least 0.</param>
    /// <param name="squareVariance">s2, at least 0.</param>
    internal RadialTile(ReadOnlySpan<double> absoluteRates, ReadOnlySpan<double> squareRates, double absoluteVariance, double squareVariance)
    {
        (_absoluteRates, _squareRates) = (new T[absoluteRates.Length], new T[squareRates.Length]);
        for (int k = 0; k < absoluteRates.Length; k++) (_absoluteRates[k], _squareRates[k]) = (T.CreateTruncating(absoluteRates[k]), T.CreateTruncating(squareRates[k]));
        (_absoluteVariance, _squareVariance) = (T.CreateTruncating(absoluteVariance), T.CreateTruncating(squareVariance));
    }

    private static int Lanes => Vector<T>.Count;

    /// <summary>The values between x and some points in a row: the same bits, whatever the width of vectors.</summary>
    /// <param name="x">d coordinates.</param>
    /// <param name="points">The points.</param>
    /// <param name="first">The first point, a multiple of the numbers in a cache line, or 0.</param>
    /// <param name="values">One value for each.</param>
    internal void Evaluate(ReadOnlySpan<T> x, PointColumns<T> points, int first, Span<T> values)
    {
        if (Vector512.IsHardwareAccelerated) Evaluate<WideTileLanes<T>>(x, points, first, values);
        else Evaluate<NativeTileLanes<T>>(x, points, first, values);
    }

    /// <summary>sum_j c_j k(x, z_j) over all points.</summary>
    /// <param name="x">d coordinates.</param>
    /// <param name="points">The points.</param>
    /// <param name="coefficients">c, as many as there are points.</param>
    [SkipLocalsInit]
    internal double WeightedSum(ReadOnlySpan<T> x, PointColumns<T> points, ReadOnlySpan<T> coefficients)
    {
        T* room = stackalloc T[Chunk];
        double sum = 0;
        for (int start = 0; start < points.Count; start += Chunk)
        {
            var values = new Span<T>(room, Math.Min(Chunk, points.Count - start));
            Evaluate(x, points, start, values);
            sum += double.CreateTruncating(Dot(values, coefficients[start..]));
        }

        return sum;
    }

    /// <summary>
    /// Adds the products of a block of the matrix k(z_i, z_j), i in one block of points and j in another, with a vector: for the rows sum_j k_ij v_j and, unless the two
    /// blocks are the same one, for the columns sum_i k_ij v_i.
    /// </summary>
    /// <param name="points">The points.</param>
    /// <param name="rowBlock">Which <see cref="Block"/> points are rows.</param>
    /// <param name="columnBlock">Which are columns.</param>
    /// <param name="vector">v, one for every point.</param>
    /// <param name="rows">Where the rows' products are written.</param>
    /// <param name="columns">Where the columns' products are written.</param>
    /// <param name="kept">Room for the values, row by row, or nothing where they are not kept.</param>
    /// <param name="areMade">Whether the values are there already.</param>
    [SkipLocalsInit]
    internal void MultiplyBlock(PointColumns<T> points, int rowBlock, int columnBlock, ReadOnlySpan<T> vector, Span<double> rows, Span<double> columns, Span<T> kept = default, bool areMade = false)
    {
        int firstRow = rowBlock * Block, rowCount = Math.Min(Block, points.Count - firstRow), firstColumn = columnBlock * Block, columnCount = Math.Min(Block, points.Count - firstColumn);
        bool isDiagonal = rowBlock == columnBlock;
        T* room = stackalloc T[Block], sums = stackalloc T[Block];
        Span<T> x = new T[points.Dimensions], column = new(sums, columnCount);
        column.Clear();
        ReadOnlySpan<T> right = vector.Slice(firstColumn, columnCount);
        fixed (T* first = kept)
        {
            for (int i = 0; i < rowCount; i++)
            {
                T* values = kept.IsEmpty ? room : first + (i * Block);
                var row = new Span<T>(values, columnCount);
                if (kept.IsEmpty || !areMade)
                {
                    points.CopyPoint(firstRow + i, x);
                    Evaluate(x, points, firstColumn, row);
                }

                rows[i] = double.CreateTruncating(Dot(row, right));
                if (!isDiagonal) Vectors.AddScaled(values, vector[firstRow + i], sums, columnCount);
            }
        }

        if (isDiagonal) return;
        for (int j = 0; j < columnCount; j++) columns[j] = double.CreateTruncating(column[j]);
    }

    /// <summary>
    /// Adds, for a row i, the shares of the pairs (i, j) in the sums that the evidence's derivatives are made of: for a matrix D_p = dK/dtheta_p whose entries are those of a part times
    /// 1, |x_k - z_k| or (x_k - z_k)^2, the sums sum_j c_j D_p,ij and sum_j a_j D_p,ij.
    /// </summary>
    /// <param name="x">d coordinates of point i.</param>
    /// <param name="points">The points.</param>
    /// <param name="c">One number for every point.</param>
    /// <param name="a">One number for every point.</param>
    /// <param name="traces">2 + 2 d numbers, for c: both parts, the distances of the first, the squares of the second.</param>
    /// <param name="products">2 + 2 d numbers, for a.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining), SkipLocalsInit]
    internal void AddDerivatives(ReadOnlySpan<T> x, PointColumns<T> points, ReadOnlySpan<T> c, ReadOnlySpan<T> a, Span<T> traces, Span<T> products)
    {
        int d = x.Length, sums = 2 + (2 * d), whole = points.Count / Lanes * Lanes;
        Vector<T>* room = stackalloc Vector<T>[2 * sums];
        for (int p = 0; p < 2 * sums; p++) room[p] = Vector<T>.Zero;
        T* lastC = stackalloc T[Lanes], lastA = stackalloc T[Lanes];
        new Span<T>(lastC, Lanes).Clear();
        new Span<T>(lastA, Lanes).Clear();
        c[whole..].CopyTo(new Span<T>(lastC, Lanes));
        a[whole..].CopyTo(new Span<T>(lastA, Lanes));
        fixed (T* at = x, forC = c, forA = a, absolute = _absoluteRates, square = _squareRates)
        {
            for (int j = 0; j < points.Count; j += Lanes)
            {
                T* z = points.Pointer + j;
                Vector<T> distance = Vector<T>.Zero, squared = Vector<T>.Zero;
                for (int k = 0; k < d; k++)
                {
                    Vector<T> t = new Vector<T>(at[k]) - Vector.Load(z + (k * (nint)points.Stride));
                    distance = Vectors.MultiplyAdd(Vector.Abs(t), new Vector<T>(absolute[k]), distance);
                    squared = Vectors.MultiplyAdd(t * t, new Vector<T>(square[k]), squared);
                }

                Vector<T> first = NegativeExponential.Of(distance) * new Vector<T>(_absoluteVariance), second = NegativeExponential.Of(squared) * new Vector<T>(_squareVariance);
                Vector<T> cj = Vector.Load(j < whole ? forC + j : lastC), aj = Vector.Load(j < whole ? forA + j : lastA);
                Vector<T> firstC = first * cj, firstA = first * aj, secondC = second * cj, secondA = second * aj;
                Vector<T>* to = room;
                to[0] += firstC;
                to[1] += secondC;
                to[sums] += firstA;
                to[sums + 1] += secondA;
                to += 2;
                for (int k = 0; k < d; k++, to++)
                {
                    Vector<T> t = new Vector<T>(at[k]) - Vector.Load(z + (k * (nint)points.Stride)), size = Vector.Abs(t), square2 = t * t;
                    to[0] = Vectors.MultiplyAdd(size, firstC, to[0]);
                    to[sums] = Vectors.MultiplyAdd(size, firstA, to[sums]);
                    to[d] = Vectors.MultiplyAdd(square2, secondC, to[d]);
                    to[sums + d] = Vectors.MultiplyAdd(square2, secondA, to[sums + d]);
                }
            }
        }

        for (int p = 0; p < sums; p++) (traces[p], products[p]) = (traces[p] + Vector.Sum(room[p]), products[p] + Vector.Sum(room[sums + p]));
    }

    /// <summary>Adds the derivatives by x of sum_j c_j k(x, z_j); where x_k = z_k the first part has a kink, and the mean of both sides, 0, counts as its slope.</summary>
    /// <param name="x">d coordinates.</param>
    /// <param name="points">The points.</param>
    /// <param name="coefficients">c, as many as there are points.</param>
    /// <param name="slopes">Where the d derivatives are added.</param>
    /// <param name="kinks">Where half of what the derivative to the right exceeds that to the left by is added, d numbers; or nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining), SkipLocalsInit]
    internal void AddSlopes(ReadOnlySpan<T> x, PointColumns<T> points, ReadOnlySpan<T> coefficients, Span<double> slopes, Span<double> kinks = default)
    {
        int d = x.Length;
        Vector<T>* sums = stackalloc Vector<T>[2 * d], halves = sums + d;
        for (int k = 0; k < 2 * d; k++) sums[k] = Vector<T>.Zero;
        T* factors = stackalloc T[Lanes];
        fixed (T* at = x, absolute = _absoluteRates, square = _squareRates)
        {
            for (int j = 0; j < points.Count; j += Lanes)
            {
                T* z = points.Pointer + j;
                Vector<T> distance = Vector<T>.Zero, squared = Vector<T>.Zero;
                for (int k = 0; k < d; k++)
                {
                    Vector<T> t = new Vector<T>(at[k]) - Vector.Load(z + (k * (nint)points.Stride));
                    distance = Vectors.MultiplyAdd(Vector.Abs(t), new Vector<T>(absolute[k]), distance);
                    squared = Vectors.MultiplyAdd(t * t, new Vector<T>(square[k]), squared);
                }

                new Span<T>(factors, Lanes).Clear();
                coefficients[j..Math.Min(j + Lanes, coefficients.Length)].CopyTo(new Span<T>(factors, Lanes));
                Vector<T> factor = Vector.Load(factors);
                Vector<T> first = NegativeExponential.Of(distance) * new Vector<T>(_absoluteVariance) * factor, second = NegativeExponential.Of(squared) * new Vector<T>(_squareVariance) * factor;
                for (int k = 0; k < d; k++)
                {
                    Vector<T> t = new Vector<T>(at[k]) - Vector.Load(z + (k * (nint)points.Stride));
                    Vector<T> sign = Vector.ConditionalSelect(Vector.GreaterThan(t, Vector<T>.Zero), Vector<T>.One, Vector.ConditionalSelect(Vector.LessThan(t, Vector<T>.Zero), -Vector<T>.One, Vector<T>.Zero));
                    sums[k] -= (new Vector<T>(absolute[k]) * sign * first) + ((t + t) * new Vector<T>(square[k]) * second);
                    halves[k] -= new Vector<T>(absolute[k]) * Vector.ConditionalSelect(Vector.Equals(t, Vector<T>.Zero), first, Vector<T>.Zero);
                }
            }
        }

        for (int k = 0; k < d; k++) slopes[k] += double.CreateTruncating(Vector.Sum(sums[k]));
        for (int k = 0; k < kinks.Length; k++) kinks[k] += double.CreateTruncating(Vector.Sum(halves[k]));
    }

    [SkipLocalsInit]
    private void Evaluate<TLanes>(ReadOnlySpan<T> x, PointColumns<T> points, int first, Span<T> values)
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        T* distances = stackalloc T[Chunk + TLanes.Count], squares = stackalloc T[Chunk + TLanes.Count];
        fixed (T* at = x, to = values)
        {
            for (int start = 0; start < values.Length; start += Chunk)
            {
                int count = Math.Min(Chunk, values.Length - start), whole = count / TLanes.Count * TLanes.Count;
                Measure<TLanes>(at, points.Pointer + first + start, points.Stride, count, distances, squares);
                Combine<TLanes>(whole, distances, squares, to + start);
                if (whole == count) continue;

                Combine<TLanes>(TLanes.Count, distances + whole, squares + whole, distances);
                new ReadOnlySpan<T>(distances, count - whole).CopyTo(values[(start + whole)..]);
            }
        }
    }

    /// <summary>sum_k a_k |x_k - z_k| and sum_k b_k (x_k - z_k)^2 for some points z, and for more where the last vector of them is filled in part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Measure<TLanes>(T* x, T* z, nint stride, int count, T* distances, T* squares)
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        int d = _absoluteRates.Length, lanes = TLanes.Count, j = 0;
        fixed (T* absolute = _absoluteRates, square = _squareRates)
        {
            // Four vectors at a time share what is read of x and the rates.
            for (; j <= count - (4 * lanes); j += 4 * lanes)
            {
                TLanes a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
                T* at = z + j;
                for (int k = 0; k < d; k++, at += stride)
                {
                    TLanes xk = TLanes.Of(x[k]), rate = TLanes.Of(absolute[k]), squareRate = TLanes.Of(square[k]);
                    Add(TLanes.Subtract(xk, TLanes.Load(at)), rate, squareRate, ref a0, ref b0);
                    Add(TLanes.Subtract(xk, TLanes.Load(at + lanes)), rate, squareRate, ref a1, ref b1);
                    Add(TLanes.Subtract(xk, TLanes.Load(at + (2 * lanes))), rate, squareRate, ref a2, ref b2);
                    Add(TLanes.Subtract(xk, TLanes.Load(at + (3 * lanes))), rate, squareRate, ref a3, ref b3);
                }

                Store(a0, a1, a2, a3, distances + j);
                Store(b0, b1, b2, b3, squares + j);
            }

            for (; j < count; j += lanes)
            {
                TLanes a = default, b = default;
                for (int k = 0; k < d; k++) Add(TLanes.Subtract(TLanes.Of(x[k]), TLanes.Load(z + j + (k * stride))), TLanes.Of(absolute[k]), TLanes.Of(square[k]), ref a, ref b);
                TLanes.Store(a, distances + j);
                TLanes.Store(b, squares + j);
            }
        }
    }

    /// <summary>s1 exp(-distance) + s2 exp(-square) for whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Combine<TLanes>(int count, T* distances, T* squares, T* values)
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        TLanes firstVariance = TLanes.Of(_absoluteVariance), secondVariance = TLanes.Of(_squareVariance);
        for (int j = 0; j < count; j += TLanes.Count)
        {
            TLanes first = NegativeExponential.Of<TLanes, T>(TLanes.Load(distances + j)), second = NegativeExponential.Of<TLanes, T>(TLanes.Load(squares + j));
            TLanes.Store(TLanes.MultiplyAdd(first, firstVariance, TLanes.Multiply(second, secondVariance)), values + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes>(TLanes difference, TLanes rate, TLanes squareRate, ref TLanes distance, ref TLanes squared)
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        distance = TLanes.MultiplyAdd(TLanes.Abs(difference), rate, distance);
        squared = TLanes.MultiplyAdd(TLanes.Multiply(difference, difference), squareRate, squared);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(TLanes v0, TLanes v1, TLanes v2, TLanes v3, T* to)
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        TLanes.Store(v0, to);
        TLanes.Store(v1, to + TLanes.Count);
        TLanes.Store(v2, to + (2 * TLanes.Count));
        TLanes.Store(v3, to + (3 * TLanes.Count));
    }

    private static T Dot(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        fixed (T* x = a, y = b[..a.Length]) return Vectors.Dot(x, y, a.Length);
    }
}
