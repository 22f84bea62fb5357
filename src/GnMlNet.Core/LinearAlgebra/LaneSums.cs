using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>The sums over the lanes of four vectors at once, in double: horizontal pairs, then the two halves. Needs AVX.</summary>
internal static class LaneSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Four<T>(Vector256<T> c0, Vector256<T> c1, Vector256<T> c2, Vector256<T> c3) =>
        typeof(T) == typeof(double)
            ? Four(c0.AsDouble(), c1.AsDouble(), c2.AsDouble(), c3.AsDouble())
            : Four(c0.AsSingle(), c1.AsSingle(), c2.AsSingle(), c3.AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Four(Vector256<double> c0, Vector256<double> c1, Vector256<double> c2, Vector256<double> c3)
    {
        Vector256<double> low = Avx.HorizontalAdd(c0, c1), high = Avx.HorizontalAdd(c2, c3);
        return Avx.Permute2x128(low, high, 0x20) + Avx.Permute2x128(low, high, 0x31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Four(Vector256<float> c0, Vector256<float> c1, Vector256<float> c2, Vector256<float> c3)
    {
        Vector256<float> pairs = Avx.HorizontalAdd(Avx.HorizontalAdd(c0, c1), Avx.HorizontalAdd(c2, c3));
        return Avx.ConvertToVector256Double(pairs.GetLower()) + Avx.ConvertToVector256Double(pairs.GetUpper());
    }
}
