using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>The few operations on vectors that training needs.</summary>
internal static class Vectors
{
    /// <summary>The least length from <paramref name="length"/> on that leaves no vector partly filled.</summary>
    internal static int WholeVectors(int length) => (length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

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

    /// <summary>target = constant + sum_k weights_k x_k for columns x_k that lie <paramref name="stride"/> numbers apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static unsafe void Combine(ReadOnlySpan<double> columns, int stride, ReadOnlySpan<double> weights, double constant, Span<double> target)
    {
        if (weights.Length > 0) _ = columns[((weights.Length - 1) * stride) + target.Length - 1];
        fixed (double* first = columns, weight = weights, to = target)
        {
            nint width = Vector<double>.Count, length = target.Length, j = 0;
            // Four vectors at a time stay in registers over all columns.
            for (; j + (4 * width) <= length; j += 4 * width)
            {
                Vector<double> c0 = new(constant), c1 = c0, c2 = c0, c3 = c0;
                double* x = first + j;
                for (int k = 0; k < weights.Length; k++, x += stride)
                {
                    var factor = new Vector<double>(weight[k]);
                    c0 = Vector.FusedMultiplyAdd(factor, Vector.Load(x), c0);
                    c1 = Vector.FusedMultiplyAdd(factor, Vector.Load(x + width), c1);
                    c2 = Vector.FusedMultiplyAdd(factor, Vector.Load(x + (2 * width)), c2);
                    c3 = Vector.FusedMultiplyAdd(factor, Vector.Load(x + (3 * width)), c3);
                }

                c0.Store(to + j);
                c1.Store(to + j + width);
                c2.Store(to + j + (2 * width));
                c3.Store(to + j + (3 * width));
            }

            for (; j + width <= length; j += width)
            {
                Vector<double> sum = new(constant);
                for (int k = 0; k < weights.Length; k++) sum = Vector.FusedMultiplyAdd(new Vector<double>(weight[k]), Vector.Load(first + (k * stride) + j), sum);
                sum.Store(to + j);
            }

            for (; j < length; j++)
            {
                to[j] = constant;
                for (int k = 0; k < weights.Length; k++) to[j] = Math.FusedMultiplyAdd(weight[k], first[(k * stride) + j], to[j]);
            }
        }
    }

    /// <summary>target = a b, entry by entry.</summary>
    internal static unsafe void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        fixed (T* x = a[..target.Length], y = b[..target.Length], product = target)
        {
            nint k = 0;
            for (; k + Vector<T>.Count <= target.Length; k += Vector<T>.Count) (Vector.Load(x + k) * Vector.Load(y + k)).Store(product + k);
            for (; k < target.Length; k++) product[k] = x[k] * y[k];
        }
    }

    /// <summary>
    /// Rounds to single precision. What is smaller than 1e-15 becomes 0: products of such numbers would be subnormal, which many processors are slow at.
    /// </summary>
    internal static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        const float negligible = 1e-15f;
        ReadOnlySpan<Vector<double>> source = MemoryMarshal.Cast<double, Vector<double>>(from);
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(to[..from.Length]);
        for (int i = 0; i < target.Length; i++)
        {
            Vector<float> value = Vector.Narrow(source[2 * i], source[(2 * i) + 1]);
            target[i] = Vector.AndNot(value, Vector.AsVectorSingle(Vector.LessThan(Vector.Abs(value), new Vector<float>(negligible))));
        }

        for (int k = target.Length * Vector<float>.Count; k < from.Length; k++) to[k] = Math.Abs((float)from[k]) < negligible ? 0 : (float)from[k];
    }

    /// <summary>The same numbers in double precision.</summary>
    internal static void Widen(ReadOnlySpan<float> from, Span<double> to)
    {
        ReadOnlySpan<Vector<float>> source = MemoryMarshal.Cast<float, Vector<float>>(from);
        Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(to[..from.Length]);
        for (int i = 0; i < source.Length; i++) Vector.Widen(source[i], out target[2 * i], out target[(2 * i) + 1]);
        for (int k = source.Length * Vector<float>.Count; k < from.Length; k++) to[k] = from[k];
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

    /// <summary>
    /// What second derivatives of a hidden unit are made of where its activation solves s' = a + b s - s^2, from S = w^(1/2) v s' and T = w^(1/2) s: w r v s'' = S (b q1 - 2 T q0) and
    /// w r s' = a q2 + T (b q1 - T q0) with q0 = r, q1 = w^(1/2) r and q2 = w r.
    /// </summary>
    /// <param name="slope">S, one number a row.</param>
    /// <param name="value">T, one number a row.</param>
    /// <param name="residuals">q0, q1 and q2, one number a row each.</param>
    /// <param name="constant">a.</param>
    /// <param name="linear">b.</param>
    /// <param name="second">Where w r v s'' goes.</param>
    /// <param name="first">Where w r s' goes.</param>
    internal static void SecondSlopes(ReadOnlySpan<float> slope, ReadOnlySpan<float> value, float[][] residuals, float constant, float linear, Span<float> second, Span<float> first)
    {
        for (int j = 0; j <= slope.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector<float> t = new(value[j..]), product = t * new Vector<float>(residuals[0], j), shifted = linear * new Vector<float>(residuals[1], j);
            (new Vector<float>(slope[j..]) * (shifted - (2 * product))).CopyTo(second[j..]);
            ((constant * new Vector<float>(residuals[2], j)) + (t * (shifted - product))).CopyTo(first[j..]);
        }
    }

    /// <summary>The square roots of nonnegative numbers.</summary>
    internal static void SquareRoot(ReadOnlySpan<double> a, Span<double> target)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a[..target.Length]);
        Span<Vector<double>> root = MemoryMarshal.Cast<double, Vector<double>>(target);
        for (int i = 0; i < root.Length && i < x.Length; i++) root[i] = Vector.SquareRoot(x[i]);
        for (int k = root.Length * Vector<double>.Count; k < target.Length; k++) target[k] = Math.Sqrt(a[k]);
    }

    /// <summary>a . b, summed in single precision.</summary>
    internal static unsafe float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        fixed (float* x = a, y = b[..a.Length]) return Dot(x, y, a.Length);
    }

    /// <summary>a . b for doubles or floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static unsafe T Dot<T>(T* a, T* b, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> even = Vector<T>.Zero, odd = even;
        int j = 0, width = Vector<T>.Count;
        for (; j <= length - (2 * width); j += 2 * width)
        {
            even = MultiplyAdd(Vector.Load(a + j), Vector.Load(b + j), even);
            odd = MultiplyAdd(Vector.Load(a + j + width), Vector.Load(b + j + width), odd);
        }

        T sum = Vector.Sum(even + odd);
        for (; j < length; j++) sum = T.FusedMultiplyAdd(a[j], b[j], sum);
        return sum;
    }

    /// <summary>y += scale x for doubles or floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static unsafe void AddScaled<T>(T* x, T scale, T* y, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var factor = new Vector<T>(scale);
        int j = 0, width = Vector<T>.Count;
        for (; j <= length - width; j += width) MultiplyAdd(factor, Vector.Load(x + j), Vector.Load(y + j)).Store(y + j);
        for (; j < length; j++) y[j] = T.FusedMultiplyAdd(scale, x[j], y[j]);
    }

    /// <summary>a b + c, rounded once, for doubles or floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c)
        where T : unmanaged => typeof(T) == typeof(float)
        ? Vector.As<float, T>(Vector.FusedMultiplyAdd(Vector.As<T, float>(a), Vector.As<T, float>(b), Vector.As<T, float>(c)))
        : Vector.As<double, T>(Vector.FusedMultiplyAdd(Vector.As<T, double>(a), Vector.As<T, double>(b), Vector.As<T, double>(c)));

    internal static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    internal static double LargestMagnitude(ReadOnlySpan<double> a)
    {
        double largest = 0;
        foreach (double value in a) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
