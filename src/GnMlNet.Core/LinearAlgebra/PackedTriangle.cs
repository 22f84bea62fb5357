using System.Numerics;
using System.Runtime.InteropServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>A lower triangular matrix in single precision, row by row without gaps: half the memory of a square, and read in order.</summary>
/// <param name="size">How many rows it has.</param>
/// <param name="values">size (size + 1)/2 numbers.</param>
internal sealed class PackedTriangle(int size, float[] values)
{
    /// <summary>How many rows it has.</summary>
    internal int Size => size;

    /// <summary>The entries, row by row.</summary>
    internal ReadOnlySpan<float> Values => values;

    /// <summary>How many numbers a triangle has.</summary>
    internal static long Length(long size) => size * (size + 1) / 2;

    /// <summary>|T v|^2.</summary>
    internal double SquaredNormOfProduct(ReadOnlySpan<float> v)
    {
        double sum = 0;
        for (int i = 0, start = 0; i < size; start += ++i)
        {
            double product = Dot(values.AsSpan(start, i + 1), v[..(i + 1)]);
            sum += product * product;
        }

        return sum;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(a), y = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> even = default, odd = default;
        int i = 0;
        for (; i + 1 < x.Length && i + 1 < y.Length; i += 2)
        {
            even = Vector.FusedMultiplyAdd(x[i], y[i], even);
            odd = Vector.FusedMultiplyAdd(x[i + 1], y[i + 1], odd);
        }

        if (i < x.Length) even = Vector.FusedMultiplyAdd(x[i], y[i], even);
        float sum = Vector.Sum(even + odd);
        for (int k = x.Length * Vector<float>.Count; k < a.Length; k++) sum = MathF.FusedMultiplyAdd(a[k], b[k], sum);
        return sum;
    }
}
