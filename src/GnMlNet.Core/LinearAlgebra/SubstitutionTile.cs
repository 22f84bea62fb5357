using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The register tile of forward substitution with U^T, U an upper triangle stored row by row: <see cref="Rows"/> rows of X = U^-T B at a time, lanes running along
/// the rows, so that no sum runs across lanes and every entry gets the same bits whatever the width of the vectors and whatever stands beside it.
/// 8 x 3 accumulators fill the thirty-two registers of machines with vectors of 512 bits, 4 x 3 the sixteen of others.
/// </summary>
internal static unsafe class SubstitutionTile
{
    /// <summary>How many vectors wide a tile is at most.</summary>
    internal const int MostVectors = 3;

    /// <summary>How many rows a tile has.</summary>
    internal static int Rows => IsTall ? 8 : 4;

    /// <summary>How many numbers a vector has.</summary>
    internal static int Lanes => IsTall ? WideTileLanes<double>.Count : NativeTileLanes<double>.Count;

    private static bool IsTall => Vector512.IsHardwareAccelerated;

    /// <summary>B := B - V^T X, the part of B = U^T X that the rows of X above it have.</summary>
    /// <param name="above">How many rows X and V have.</param>
    /// <param name="v">V, the rows of U above a block on its diagonal, in the columns of the block.</param>
    /// <param name="strideV">From one row of V to the next.</param>
    /// <param name="x">X, with the <see cref="Rows"/> rows of B below it.</param>
    /// <param name="strideX">From one row of X to the next.</param>
    /// <param name="vectors">How many vectors the rows of X have, 1 to <see cref="MostVectors"/>.</param>
    internal static void Subtract(int above, double* v, nint strideV, double* x, nint strideX, int vectors)
    {
        if (IsTall) Subtract<WideTileLanes<double>>(above, v, strideV, x, strideX, vectors);
        else Subtract<NativeTileLanes<double>>(above, v, strideV, x, strideX, vectors);
    }

    /// <summary>B := T^-T B for a block T on the diagonal of U.</summary>
    /// <param name="triangle">T as <see cref="Rows"/> rows of as many numbers, negative right of the diagonal and inverted on it.</param>
    /// <param name="b">B, which has <see cref="Rows"/> rows.</param>
    /// <param name="strideB">From one row of B to the next.</param>
    /// <param name="vectors">How many vectors the rows of B have.</param>
    internal static void Solve(double* triangle, double* b, nint strideB, int vectors)
    {
        if (IsTall) Solve<WideTileLanes<double>>(triangle, b, strideB, vectors);
        else Solve<NativeTileLanes<double>>(triangle, b, strideB, vectors);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract<TLanes>(int above, double* v, nint strideV, double* x, nint strideX, int vectors)
        where TLanes : struct, ITileLanes<TLanes, double>
    {
        switch (vectors)
        {
            case 1: Subtract<TLanes, One>(above, v, strideV, x, strideX); break;
            case 2: Subtract<TLanes, Two>(above, v, strideV, x, strideX); break;
            default: Subtract<TLanes, Three>(above, v, strideV, x, strideX); break;
        }
    }

    // TLanes and TWidth are constants to the compiler, which makes a kernel of its own for each combination and drops the branches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Subtract<TLanes, TWidth>(int above, double* v, nint strideV, double* x, nint strideX)
        where TLanes : struct, ITileLanes<TLanes, double>
        where TWidth : struct, IWidth
    {
        TLanes c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        TLanes c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        TLanes c40 = default, c41 = default, c42 = default, c50 = default, c51 = default, c52 = default;
        TLanes c60 = default, c61 = default, c62 = default, c70 = default, c71 = default, c72 = default;
        for (int k = 0; k < above; k++, v += strideV, x += strideX)
        {
            TLanes x0 = TLanes.Load(x), x1 = default, x2 = default;
            if (TWidth.Vectors > 1) x1 = TLanes.Load(x + TLanes.Count);
            if (TWidth.Vectors > 2) x2 = TLanes.Load(x + (2 * TLanes.Count));
            AddRow<TLanes, TWidth>(v, x0, x1, x2, ref c00, ref c01, ref c02);
            AddRow<TLanes, TWidth>(v + 1, x0, x1, x2, ref c10, ref c11, ref c12);
            AddRow<TLanes, TWidth>(v + 2, x0, x1, x2, ref c20, ref c21, ref c22);
            AddRow<TLanes, TWidth>(v + 3, x0, x1, x2, ref c30, ref c31, ref c32);
            if (!IsTall) continue;
            AddRow<TLanes, TWidth>(v + 4, x0, x1, x2, ref c40, ref c41, ref c42);
            AddRow<TLanes, TWidth>(v + 5, x0, x1, x2, ref c50, ref c51, ref c52);
            AddRow<TLanes, TWidth>(v + 6, x0, x1, x2, ref c60, ref c61, ref c62);
            AddRow<TLanes, TWidth>(v + 7, x0, x1, x2, ref c70, ref c71, ref c72);
        }

        SubtractFrom<TLanes, TWidth>(x, c00, c01, c02);
        SubtractFrom<TLanes, TWidth>(x + strideX, c10, c11, c12);
        SubtractFrom<TLanes, TWidth>(x + (2 * strideX), c20, c21, c22);
        SubtractFrom<TLanes, TWidth>(x + (3 * strideX), c30, c31, c32);
        if (!IsTall) return;
        SubtractFrom<TLanes, TWidth>(x + (4 * strideX), c40, c41, c42);
        SubtractFrom<TLanes, TWidth>(x + (5 * strideX), c50, c51, c52);
        SubtractFrom<TLanes, TWidth>(x + (6 * strideX), c60, c61, c62);
        SubtractFrom<TLanes, TWidth>(x + (7 * strideX), c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Solve<TLanes>(double* triangle, double* b, nint strideB, int vectors)
        where TLanes : struct, ITileLanes<TLanes, double>
    {
        for (int j = 0; j < vectors; j++, b += TLanes.Count)
        {
            double* t = triangle;
            TLanes x0 = TLanes.Multiply(TLanes.Load(b), TLanes.Of(t[0]));
            TLanes x1 = Add(x0, t[1], TLanes.Load(b + strideB));
            TLanes x2 = Add(x0, t[2], TLanes.Load(b + (2 * strideB)));
            TLanes x3 = Add(x0, t[3], TLanes.Load(b + (3 * strideB)));
            TLanes x4 = default, x5 = default, x6 = default, x7 = default;
            if (IsTall)
            {
                x4 = Add(x0, t[4], TLanes.Load(b + (4 * strideB)));
                x5 = Add(x0, t[5], TLanes.Load(b + (5 * strideB)));
                x6 = Add(x0, t[6], TLanes.Load(b + (6 * strideB)));
                x7 = Add(x0, t[7], TLanes.Load(b + (7 * strideB)));
            }

            t += Rows;
            x1 = TLanes.Multiply(x1, TLanes.Of(t[1]));
            x2 = Add(x1, t[2], x2);
            x3 = Add(x1, t[3], x3);
            if (IsTall) (x4, x5, x6, x7) = (Add(x1, t[4], x4), Add(x1, t[5], x5), Add(x1, t[6], x6), Add(x1, t[7], x7));

            t += Rows;
            x2 = TLanes.Multiply(x2, TLanes.Of(t[2]));
            x3 = Add(x2, t[3], x3);
            if (IsTall) (x4, x5, x6, x7) = (Add(x2, t[4], x4), Add(x2, t[5], x5), Add(x2, t[6], x6), Add(x2, t[7], x7));

            t += Rows;
            x3 = TLanes.Multiply(x3, TLanes.Of(t[3]));
            if (IsTall) (x4, x5, x6, x7) = (Add(x3, t[4], x4), Add(x3, t[5], x5), Add(x3, t[6], x6), Add(x3, t[7], x7));

            if (IsTall)
            {
                t += Rows;
                x4 = TLanes.Multiply(x4, TLanes.Of(t[4]));
                x5 = Add(x4, t[5], x5);
                x6 = Add(x4, t[6], x6);
                x7 = Add(x4, t[7], x7);

                t += Rows;
                x5 = TLanes.Multiply(x5, TLanes.Of(t[5]));
                x6 = Add(x5, t[6], x6);
                x7 = Add(x5, t[7], x7);

                t += Rows;
                x6 = TLanes.Multiply(x6, TLanes.Of(t[6]));
                x7 = Add(x6, t[7], x7);

                t += Rows;
                x7 = TLanes.Multiply(x7, TLanes.Of(t[7]));
                TLanes.Store(x4, b + (4 * strideB));
                TLanes.Store(x5, b + (5 * strideB));
                TLanes.Store(x6, b + (6 * strideB));
                TLanes.Store(x7, b + (7 * strideB));
            }

            TLanes.Store(x0, b);
            TLanes.Store(x1, b + strideB);
            TLanes.Store(x2, b + (2 * strideB));
            TLanes.Store(x3, b + (3 * strideB));
        }

        static TLanes Add(TLanes x, double factor, TLanes sum) => TLanes.MultiplyAdd(x, TLanes.Of(factor), sum);
    }

    /// <summary>c += factor x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TLanes, TWidth>(double* factor, TLanes x0, TLanes x1, TLanes x2, ref TLanes c0, ref TLanes c1, ref TLanes c2)
        where TLanes : struct, ITileLanes<TLanes, double>
        where TWidth : struct, IWidth
    {
        TLanes y = TLanes.Of(*factor);
        c0 = TLanes.MultiplyAdd(x0, y, c0);
        if (TWidth.Vectors > 1) c1 = TLanes.MultiplyAdd(x1, y, c1);
        if (TWidth.Vectors > 2) c2 = TLanes.MultiplyAdd(x2, y, c2);
    }

    /// <summary>x := x - c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SubtractFrom<TLanes, TWidth>(double* x, TLanes c0, TLanes c1, TLanes c2)
        where TLanes : struct, ITileLanes<TLanes, double>
        where TWidth : struct, IWidth
    {
        TLanes.Store(TLanes.Subtract(TLanes.Load(x), c0), x);
        if (TWidth.Vectors > 1) TLanes.Store(TLanes.Subtract(TLanes.Load(x + TLanes.Count), c1), x + TLanes.Count);
        if (TWidth.Vectors > 2) TLanes.Store(TLanes.Subtract(TLanes.Load(x + (2 * TLanes.Count)), c2), x + (2 * TLanes.Count));
    }

    private interface IWidth
    {
        static abstract int Vectors { get; }
    }

    private readonly struct One : IWidth
    {
        public static int Vectors => 1;
    }

    private readonly struct Two : IWidth
    {
        public static int Vectors => 2;
    }

    private readonly struct Three : IWidth
    {
        public static int Vectors => 3;
    }
}
