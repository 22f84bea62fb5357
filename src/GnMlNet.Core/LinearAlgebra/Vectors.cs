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
        for (int k = from.Length * Vector<double>.Count; k < x.Length; k++) y[k] = Math.FusedMultiplyAdd(scale, x[k], y[k]);
    }

    /// <summary>target = a b, entry by entry.</summary>
    internal static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a[..target.Length]);
        ReadOnlySpan<Vector<double>> y = MemoryMarshal.Cast<double, Vector<double>>(b[..target.Length]);
        Span<Vector<double>> product = MemoryMarshal.Cast<double, Vector<double>>(target);
        for (int i = 0; i < product.Length && i < x.Length && i < y.Length; i++) product[i] = x[i] * y[i];
        for (int k = product.Length * Vector<double>.Count; k < target.Length; k++) target[k] = a[k] * b[k];
    }

    /// <summary>target = scale a b, entry by entry.</summary>
    internal static void MultiplyScaled(ReadOnlySpan<double> a, double scale, ReadOnlySpan<double> b, Span<double> target)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a[..target.Length]);
        ReadOnlySpan<Vector<double>> y = MemoryMarshal.Cast<double, Vector<double>>(b[..target.Length]);
        Span<Vector<double>> product = MemoryMarshal.Cast<double, Vector<double>>(target);
        var factor = new Vector<double>(scale);
        for (int i = 0; i < product.Length && i < x.Length && i < y.Length; i++) product[i] = factor * y[i] * x[i];
        for (int k = product.Length * Vector<double>.Count; k < target.Length; k++) target[k] = scale * b[k] * a[k];
    }

    /// <summary>The square roots of nonnegative numbers.</summary>
    internal static void SquareRoot(ReadOnlySpan<double> a, Span<double> target)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a[..target.Length]);
        Span<Vector<double>> root = MemoryMarshal.Cast<double, Vector<double>>(target);
        for (int i = 0; i < root.Length && i < x.Length; i++) root[i] = Vector.SquareRoot(x[i]);
        for (int k = root.Length * Vector<double>.Count; k < target.Length; k++) target[k] = Math.Sqrt(a[k]);
    }

    internal static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    internal static double LargestMagnitude(ReadOnlySpan<double> a)
    {
        double largest = 0;
        foreach (double value in a) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
