using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>Applies a function to all numbers of a span, the last ones in a vector filled up with zeros.</summary>
internal static class VectorMap<TFunction>
    where TFunction : struct, IVectorFunction
{
    internal static double Value(double z) => TFunction.Value(new Vector<double>(z))[0];

    internal static double Slope(double z)
    {
        TFunction.Value(new Vector<double>(z), out Vector<double> slope);
        return slope[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Evaluate(ReadOnlySpan<double> z, Span<double> value)
    {
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(z);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(value[..z.Length]);
        for (int i = 0; i < from.Length && i < to.Length; i++) to[i] = TFunction.Value(from[i]);
        for (int k = from.Length * Vector<double>.Count; k < z.Length; k++) value[k] = Value(z[k]);
    }

    /// <summary>sum_i weights_i f(z_i), for lengths of whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static double WeightedSum(ReadOnlySpan<double> z, ReadOnlySpan<double> weights)
    {
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(z), factors = MemoryMarshal.Cast<double, Vector<double>>(weights);
        Vector<double> sum = default;
        for (int i = 0; i < from.Length && i < factors.Length; i++) sum = Vector.FusedMultiplyAdd(TFunction.Value(from[i]), factors[i], sum);
        return Vector.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Evaluate(ReadOnlySpan<double> z, Span<double> value, Span<double> slope)
    {
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(z);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(value[..z.Length]);
        Span<Vector<double>> slopes = MemoryMarshal.Cast<double, Vector<double>>(slope[..z.Length]);
        for (int i = 0; i < from.Length && i < to.Length && i < slopes.Length; i++)
        {
            to[i] = TFunction.Value(from[i], out Vector<double> s);
            slopes[i] = s;
        }

        for (int k = from.Length * Vector<double>.Count; k < z.Length; k++) (value[k], slope[k]) = (Value(z[k]), Slope(z[k]));
    }
}
