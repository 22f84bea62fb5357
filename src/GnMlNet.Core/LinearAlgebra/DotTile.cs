using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        switch (columns)
        {
            case 1: Accumulate<T, One>(length, a, strideA, b, strideB, sums); break;
            case 2: Accumulate<T, Two>(length, a, strideA, b, strideB, sums); break;
            case 3: Accumulate<T, Three>(length, a, strideA, b, strideB, sums); break;
            default: Accumulate<T, Four>(length, a, strideA, b, strideB, sums); break;
        }
    }

    // T and TColumns are constants to the compiler, which makes a kernel of its own for each pair and drops the branches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Accumulate<T, TColumns>(nint length, T* a0, nint strideA, T* b0, nint strideB, double* sums)
        where T : unmanaged, INumberBase<T>
        where TColumns : struct, IColumns
    {
        Vector<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector<T> c20 = default, c21 = default, c22 = default, c23 = default;
        T* a1 = a0 + strideA, a2 = a1 + strideA;
        T* b1 = b0 + strideB, b2 = b1 + strideB, b3 = b2 + strideB;
        nint whole = length - (length % Vector<T>.Count);
        for (nint j = 0; j < whole; j += Vector<T>.Count)
        {
            Vector<T> x0 = Vector.Load(a0 + j), x1 = Vector.Load(a1 + j), x2 = Vector.Load(a2 + j);
            Vector<T> y = Vector.Load(b0 + j);
            c00 = MultiplyAdd(x0, y, c00);
            c10 = MultiplyAdd(x1, y, c10);
            c20 = MultiplyAdd(x2, y, c20);
            if (TColumns.Count > 1)
            {
                y = Vector.Load(b1 + j);
                c01 = MultiplyAdd(x0, y, c01);
                c11 = MultiplyAdd(x1, y, c11);
                c21 = MultiplyAdd(x2, y, c21);
            }

            if (TColumns.Count > 2)
            {
                y = Vector.Load(b2 + j);
                c02 = MultiplyAdd(x0, y, c02);
                c12 = MultiplyAdd(x1, y, c12);
                c22 = MultiplyAdd(x2, y, c22);
            }

            if (TColumns.Count > 3)
            {
                y = Vector.Load(b3 + j);
                c03 = MultiplyAdd(x0, y, c03);
                c13 = MultiplyAdd(x1, y, c13);
                c23 = MultiplyAdd(x2, y, c23);
            }
        }

        AddSums<T, TColumns>(c00, c01, c02, c03, sums);
        AddSums<T, TColumns>(c10, c11, c12, c13, sums + MostColumns);
        AddSums<T, TColumns>(c20, c21, c22, c23, sums + (2 * MostColumns));
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
    private static Vector<T> MultiplyAdd<T>(Vector<T> x, Vector<T> y, Vector<T> sum) =>
        typeof(T) == typeof(double)
            ? Vector.As<double, T>(Vector.FusedMultiplyAdd(Vector.As<T, double>(x), Vector.As<T, double>(y), Vector.As<T, double>(sum)))
            : Vector.As<float, T>(Vector.FusedMultiplyAdd(Vector.As<T, float>(x), Vector.As<T, float>(y), Vector.As<T, float>(sum)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums<T, TColumns>(Vector<T> c0, Vector<T> c1, Vector<T> c2, Vector<T> c3, double* sums)
        where T : unmanaged, INumberBase<T>
        where TColumns : struct, IColumns
    {
        if (TColumns.Count > 2 && Avx.IsSupported && Vector<byte>.Count == Vector256<byte>.Count)
        {
            Vector256<double> four = typeof(T) == typeof(double)
                ? FourSums(Vector.As<T, double>(c0).AsVector256(), Vector.As<T, double>(c1).AsVector256(), Vector.As<T, double>(c2).AsVector256(), Vector.As<T, double>(c3).AsVector256())
                : FourSums(Vector.As<T, float>(c0).AsVector256(), Vector.As<T, float>(c1).AsVector256(), Vector.As<T, float>(c2).AsVector256(), Vector.As<T, float>(c3).AsVector256());
            (Vector256.Load(sums) + four).Store(sums);
            return;
        }

        sums[0] += double.CreateTruncating(Vector.Sum(c0));
        if (TColumns.Count > 1) sums[1] += double.CreateTruncating(Vector.Sum(c1));
        if (TColumns.Count > 2) sums[2] += double.CreateTruncating(Vector.Sum(c2));
        if (TColumns.Count > 3) sums[3] += double.CreateTruncating(Vector.Sum(c3));
    }

    // Four sums at once: horizontal pairs, then the two halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FourSums(Vector256<double> c0, Vector256<double> c1, Vector256<double> c2, Vector256<double> c3)
    {
        Vector256<double> low = Avx.HorizontalAdd(c0, c1), high = Avx.HorizontalAdd(c2, c3);
        return Avx.Permute2x128(low, high, 0x20) + Avx.Permute2x128(low, high, 0x31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FourSums(Vector256<float> c0, Vector256<float> c1, Vector256<float> c2, Vector256<float> c3)
    {
        Vector256<float> pairs = Avx.HorizontalAdd(Avx.HorizontalAdd(c0, c1), Avx.HorizontalAdd(c2, c3));
        return Avx.ConvertToVector256Double(pairs.GetLower()) + Avx.ConvertToVector256Double(pairs.GetUpper());
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
