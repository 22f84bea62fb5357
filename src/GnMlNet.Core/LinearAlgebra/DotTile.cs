using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// The one register tile that the Gram matrix and the Cholesky factorization spend their time in: the dot products of
/// <see cref="Rows"/> vectors a with up to <see cref="MostColumns"/> vectors b, all stored contiguously, lanes running along the vectors.
/// 3 x 4 accumulators, 3 values of a and one of b fill the sixteen vector registers that most machines have; one more halves the speed.
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
    internal static void Accumulate(nint length, double* a, nint strideA, double* b, nint strideB, int columns, double* sums)
    {
        switch (columns)
        {
            case 1: Accumulate<One>(length, a, strideA, b, strideB, sums); break;
            case 2: Accumulate<Two>(length, a, strideA, b, strideB, sums); break;
            case 3: Accumulate<Three>(length, a, strideA, b, strideB, sums); break;
            default: Accumulate<Four>(length, a, strideA, b, strideB, sums); break;
        }
    }

    // TColumns is a constant to the compiler, which makes a kernel of its own for each and drops the branches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<TColumns>(nint length, double* a0, nint strideA, double* b0, nint strideB, double* sums)
        where TColumns : struct, IColumns
    {
        Vector<double> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector<double> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector<double> c20 = default, c21 = default, c22 = default, c23 = default;
        double* a1 = a0 + strideA, a2 = a1 + strideA;
        double* b1 = b0 + strideB, b2 = b1 + strideB, b3 = b2 + strideB;
        nint whole = length - (length % Vector<double>.Count);
        for (nint j = 0; j < whole; j += Vector<double>.Count)
        {
            Vector<double> x0 = Vector.Load(a0 + j), x1 = Vector.Load(a1 + j), x2 = Vector.Load(a2 + j);
            Vector<double> y = Vector.Load(b0 + j);
            c00 = Vector.FusedMultiplyAdd(x0, y, c00);
            c10 = Vector.FusedMultiplyAdd(x1, y, c10);
            c20 = Vector.FusedMultiplyAdd(x2, y, c20);
            if (TColumns.Count > 1)
            {
                y = Vector.Load(b1 + j);
                c01 = Vector.FusedMultiplyAdd(x0, y, c01);
                c11 = Vector.FusedMultiplyAdd(x1, y, c11);
                c21 = Vector.FusedMultiplyAdd(x2, y, c21);
            }

            if (TColumns.Count > 2)
            {
                y = Vector.Load(b2 + j);
                c02 = Vector.FusedMultiplyAdd(x0, y, c02);
                c12 = Vector.FusedMultiplyAdd(x1, y, c12);
                c22 = Vector.FusedMultiplyAdd(x2, y, c22);
            }

            if (TColumns.Count > 3)
            {
                y = Vector.Load(b3 + j);
                c03 = Vector.FusedMultiplyAdd(x0, y, c03);
                c13 = Vector.FusedMultiplyAdd(x1, y, c13);
                c23 = Vector.FusedMultiplyAdd(x2, y, c23);
            }
        }

        AddSums<TColumns>(c00, c01, c02, c03, sums);
        AddSums<TColumns>(c10, c11, c12, c13, sums + MostColumns);
        AddSums<TColumns>(c20, c21, c22, c23, sums + (2 * MostColumns));
        for (nint j = whole; j < length; j++)
        {
            for (int c = 0; c < TColumns.Count; c++)
            {
                double y = b0[(c * strideB) + j];
                sums[c] = Math.FusedMultiplyAdd(a0[j], y, sums[c]);
                sums[MostColumns + c] = Math.FusedMultiplyAdd(a1[j], y, sums[MostColumns + c]);
                sums[(2 * MostColumns) + c] = Math.FusedMultiplyAdd(a2[j], y, sums[(2 * MostColumns) + c]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums<TColumns>(Vector<double> c0, Vector<double> c1, Vector<double> c2, Vector<double> c3, double* sums)
        where TColumns : struct, IColumns
    {
        if (TColumns.Count > 2 && Avx.IsSupported && Vector<double>.Count == 4)
        {
            // Four sums at once: horizontal pairs, then the two halves.
            Vector256<double> low = Avx.HorizontalAdd(c0.AsVector256(), c1.AsVector256());
            Vector256<double> high = Avx.HorizontalAdd(c2.AsVector256(), c3.AsVector256());
            Vector256<double> four = Avx.Permute2x128(low, high, 0x20) + Avx.Permute2x128(low, high, 0x31);
            (Vector256.Load(sums) + four).Store(sums);
            return;
        }

        sums[0] += Vector.Sum(c0);
        if (TColumns.Count > 1) sums[1] += Vector.Sum(c1);
        if (TColumns.Count > 2) sums[2] += Vector.Sum(c2);
        if (TColumns.Count > 3) sums[3] += Vector.Sum(c3);
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
