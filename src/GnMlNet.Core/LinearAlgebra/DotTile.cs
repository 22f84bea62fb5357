using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The one register tile that the Gram matrix and the Cholesky factorization spend their time in: the dot products of
/// <see cref="Rows"/> vectors a with up to <see cref="MostColumns"/> vectors b, all stored contiguously, lanes running along the vectors.
/// 3 x 4 accumulators, 3 values of a and one of b fill the sixteen vector registers that most machines have; one more halves the speed.
/// The vectors are of doubles or of floats; a call's sums of floats are made in floats, then added to the totals in double.
/// </summary>
internal static unsafe class DotTile
{
    internal const int Rows = 3;
    internal const int MostColumns = 4;

    /// <summary>Numbers in the sums of a tile.</summary>
    internal const int Size = Rows * MostColumns;

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
        T* a1 = a0 + strideA, a2 = a1 + strideA;
        T* b1 = b0 + strideB, b2 = b1 + strideB, b3 = b2 + strideB;
        nint whole = length - (length % TLanes.Count);
        for (nint j = 0; j < whole; j += TLanes.Count)
        {
            TLanes x0 = TLanes.Load(a0 + j), x1 = TLanes.Load(a1 + j), x2 = TLanes.Load(a2 + j);
            TLanes y = TLanes.Load(b0 + j);
            c00 = TLanes.MultiplyAdd(x0, y, c00);
            c10 = TLanes.MultiplyAdd(x1, y, c10);
            c20 = TLanes.MultiplyAdd(x2, y, c20);
            if (TColumns.Count > 1)
            {
                y = TLanes.Load(b1 + j);
                c01 = TLanes.MultiplyAdd(x0, y, c01);
                c11 = TLanes.MultiplyAdd(x1, y, c11);
                c21 = TLanes.MultiplyAdd(x2, y, c21);
            }

            if (TColumns.Count > 2)
            {
                y = TLanes.Load(b2 + j);
                c02 = TLanes.MultiplyAdd(x0, y, c02);
                c12 = TLanes.MultiplyAdd(x1, y, c12);
                c22 = TLanes.MultiplyAdd(x2, y, c22);
            }

            if (TColumns.Count > 3)
            {
                y = TLanes.Load(b3 + j);
                c03 = TLanes.MultiplyAdd(x0, y, c03);
                c13 = TLanes.MultiplyAdd(x1, y, c13);
                c23 = TLanes.MultiplyAdd(x2, y, c23);
            }
        }

        AddSums<T, TLanes, TColumns>(c00, c01, c02, c03, sums);
        AddSums<T, TLanes, TColumns>(c10, c11, c12, c13, sums + MostColumns);
        AddSums<T, TLanes, TColumns>(c20, c21, c22, c23, sums + (2 * MostColumns));
        for (nint j = whole; j < length; j++)
        {
            for (int c = 0; c < TColumns.Count; c++)
            {
                double y = double.CreateTruncating(b0[(c * strideB) + j]);
                sums[c] = Math.FusedMultiplyAdd(double.CreateTruncating(a0[j]), y, sums[c]);
                sums[MostColumns + c] = Math.FusedMultiplyAdd(double.CreateTruncating(a1[j]), y, sums[MostColumns + c]);
                sums[(2 * MostColumns) + c] = Math.FusedMultiplyAdd(double.CreateTruncating(a2[j]), y, sums[(2 * MostColumns) + c]);
            }
        }
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
