using System.Numerics;
using System.Runtime.InteropServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>The few operations on vectors that training needs.</summary>
internal static class Vectors
{
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> y = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        Vector<double> even = default, odd = default;
        int i = 0;
        for (; i + 1 < x.Length && i + 1 < y.Length; i += 2)
        {
            even = Vector.FusedMultiplyAdd(x[i], y[i], even);
            odd = Vector.FusedMultiplyAdd(x[i + 1], y[i + 1], odd);
        }

        if (i < x.Length) even = Vector.FusedMultiplyAdd(x[i], y[i], even);
        double sum = Vector.Sum(even + odd);
        for (int k = x.Length * Vector<double>.Count; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    /// <summary>y += scale x.</summary>
    internal static void AddScaled(ReadOnlySpan<double> x, double scale, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        var factor = new Vector<double>(scale);
        for (int i = 0; i < from.Length && i < to.Length; i++) to[i] = Vector.FusedMultiplyAdd(factor, from[i], to[i]);
        for (int k = from.Length * Vector<double>.Count; k < x.Length; k++) y[k] += scale * x[k];
    }

    /// <summary>target = a b, entry by entry.</summary>
    internal static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = a[i] * b[i];
    }

    internal static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    internal static double LargestMagnitude(ReadOnlySpan<double> a)
    {
        double largest = 0;
        foreach (double value in a) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
