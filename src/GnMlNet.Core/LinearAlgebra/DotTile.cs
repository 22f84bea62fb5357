using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The register tile that the Gram matrix and the products of blocks in the Cholesky factorization spend their time in: the dot products of
/// <see cref="Rows"/> vectors a with up to <see cref="MostColumns"/> vectors b, all stored contiguously, lanes running along the vectors.
/// 3 x 4 accumulators, 3 values of a and one of b fill the sixteen vector registers that most machines have, 6 x 4 with 6 and one the thirty-two of machines with vectors
/// of 512 bits; one more halves the speed.
/// The vectors are of doubles or of floats; a call's sums of floats are made in floats, then added to the totals in double.
/// </summary>
internal static unsafe class DotTile
{
    internal const int MostColumns = 4;

    /// <summary>How many vectors a there are.</summary>
    internal static int Rows => IsTall ? 6 : 3;

    private static bool IsTall => Vector512.IsHardwareAccelerated;

    /// <summary>Numbers in the sums of a tile.</summary>
    internal static int Size => Rows * MostColumns;

    /// <summary>
    /// sums[r * MostColumns + c] += a_r . b_c for r &lt; Rows and c &lt; columns. Entries with c at or above columns stay as they are.
    /// </summary>
    /// <param name="length">The vectors' length; any number.</param>
    /// <param name="a">a_0.</param>
    /// <param name="strideA">How many numbers behind a_r the vector a_(r+1) lies.</param>
    /// <param name="b">b_0.</param>
    /// <param name="strideB">How many numbers behind b_c the vector b_(c+1) lies.</param>
    /// <param name="columns">How many vectors b there are, 1 to <see cref="MostColumns"/>.</param>
    /// <param name="sums"><see cref="Size"/> numbers.</param>
    internal static void Accumulate<T>(nint length, T* a, nint strideA, T* b, nint strideB, int columns, double* sums)
        where T : unmanaged, INumberBase<T>
    {
        if (Vector512.IsHardwareAccelerated) Accumulate<T, WideTileLanes<T>>(length, a, strideA, b, strideB, columns, sums);
        else Accumulate<T, NativeTileLanes<T>>(length, a, strideA, b, strideB, columns, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate<T, TLanes>(nint length, T* a, nint strideA, T* b, nint strideB, int columns, double* sums)
        where T : unmanaged, INumberBase<T>
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        switch (columns)
        {
            case 1: Accumulate<T, TLanes, One>(length, a, strideA, b, strideB, sums); break;
            case 2: Accumulate<T, TLanes, Two>(length, a, strideA, b, strideB, sums); break;
            case 3: Accumulate<T, TLanes, Three>(length, a, strideA, b, strideB, sums); break;
            default: Accumulate<T, TLanes, Four>(length, a, strideA, b, strideB, sums); break;
        }
    }

    // T, TLanes and TColumns are constants to the compiler, which makes a kernel of its own for each combination and drops the branches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Accumulate<T, TLanes, TColumns>(nint length, T* a0, nint strideA, T* b0, nint strideB, double* sums)
        where T : unmanaged, INumberBase<T>
        where TLanes : struct, ITileLanes<TLanes, T>
        where TColumns : struct, IColumns
    {
        TLanes c00 = default, c01 = default, c02 = default, c03 = default;
        TLanes c10 = default, c11 = default, c12 = default, c13 = default;
        TLanes c20 = default, c21 = default, c22 = default, c23 = default;
        TLanes c30 = default, c31 = default, c32 = default, c33 = default;
        TLanes c40 = default, c41 = default, c42 = default, c43 = default;
        TLanes c50 = default, c51 = default, c52 = default, c53 = default;
        T* a1 = a0 + strideA, a2 = a1 + strideA, a3 = a2 + strideA, a4 = a3 + strideA, a5 = a4 + strideA;
        T* b1 = b0 + strideB, b2 = b1 + strideB, b3 = b2 + strideB;
        nint whole = length - (length % TLanes.Count);
        for (nint j = 0; j < whole; j += TLanes.Count)
        {
            TLanes x0 = TLanes.Load(a0 + j), x1 = TLanes.Load(a1 + j), x2 = TLanes.Load(a2 + j);
            TLanes x3 = default, x4 = default, x5 = default;
            if (IsTall) (x3, x4, x5) = (TLanes.Load(a3 + j), TLanes.Load(a4 + j), TLanes.Load(a5 + j));
            AddColumn<T, TLanes>(TLanes.Load(b0 + j), x0, x1, x2, x3, x4, x5, ref c00, ref c10, ref c20, ref c30, ref c40, ref c50);
            if (TColumns.Count > 1) AddColumn<T, TLanes>(TLanes.Load(b1 + j), x0, x1, x2, x3, x4, x5, ref c01, ref c11, ref c21, ref c31, ref c41, ref c51);
            if (TColumns.Count > 2) AddColumn<T, TLanes>(TLanes.Load(b2 + j), x0, x1, x2, x3, x4, x5, ref c02, ref c12, ref c22, ref c32, ref c42, ref c52);
            if (TColumns.Count > 3) AddColumn<T, TLanes>(TLanes.Load(b3 + j), x0, x1, x2, x3, x4, x5, ref c03, ref c13, ref c23, ref c33, ref c43, ref c53);
        }

        AddSums<T, TLanes, TColumns>(c00, c01, c02, c03, sums);
        AddSums<T, TLanes, TColumns>(c10, c11, c12, c13, sums + MostColumns);
        AddSums<T, TLanes, TColumns>(c20, c21, c22, c23, sums + (2 * MostColumns));
        if (IsTall)
        {
            AddSums<T, TLanes, TColumns>(c30, c31, c32, c33, sums + (3 * MostColumns));
            AddSums<T, TLanes, TColumns>(c40, c41, c42, c43, sums + (4 * MostColumns));
            AddSums<T, TLanes, TColumns>(c50, c51, c52, c53, sums + (5 * MostColumns));
        }

        for (nint j = whole; j < length; j++)
        {
            for (int c = 0; c < TColumns.Count; c++)
            {
                double y = double.CreateTruncating(b0[(c * strideB) + j]);
                for (int r = 0; r < Rows; r++)
                {
                    ref double sum = ref sums[(r * MostColumns) + c];
                    sum = Math.FusedMultiplyAdd(double.CreateTruncating(a0[(r * strideA) + j]), y, sum);
                }
            }
        }
    }

    /// <summary>The products of a piece of b with the pieces of all a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumn<T, TLanes>(
        TLanes y,
        TLanes x0,
        TLanes x1,
        TLanes x2,
        TLanes x3,
        TLanes x4,
        TLanes x5,
        ref TLanes c0,
        ref TLanes c1,
        ref TLanes c2,
        ref TLanes c3,
        ref TLanes c4,
        ref TLanes c5)
        where T : unmanaged
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        c0 = TLanes.MultiplyAdd(x0, y, c0);
        c1 = TLanes.MultiplyAdd(x1, y, c1);
        c2 = TLanes.MultiplyAdd(x2, y, c2);
        if (!IsTall) return;
        c3 = TLanes.MultiplyAdd(x3, y, c3);
        c4 = TLanes.MultiplyAdd(x4, y, c4);
        c5 = TLanes.MultiplyAdd(x5, y, c5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums<T, TLanes, TColumns>(TLanes c0, TLanes c1, TLanes c2, TLanes c3, double* sums)
        where T : unmanaged
        where TLanes : struct, ITileLanes<TLanes, T>
        where TColumns : struct, IColumns
    {
        if (TColumns.Count > 2 && TLanes.HasFourSums)
        {
            (Vector256.Load(sums) + TLanes.FourSums(c0, c1, c2, c3)).Store(sums);
            return;
        }

        sums[0] += TLanes.Sum(c0);
        if (TColumns.Count > 1) sums[1] += TLanes.Sum(c1);
        if (TColumns.Count > 2) sums[2] += TLanes.Sum(c2);
        if (TColumns.Count > 3) sums[3] += TLanes.Sum(c3);
    }

    private interface IColumns
    {
        static abstract int Count { get; }
    }

    private readonly struct One : IColumns
    {
        public static int Count => 1;
    }

    private readonly struct Two : IColumns
    {
        public static int Count => 2;
    }

    private readonly struct Three : IColumns
    {
        public static int Count => 3;
    }

    private readonly struct Four : IColumns
    {
        public static int Count => 4;
    }
}
