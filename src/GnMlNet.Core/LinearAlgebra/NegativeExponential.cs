using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>exp(-y) for y >= 0 in the vectors of the runtime, of doubles or of floats: every lane gets the same bits, whatever the vector's width.</summary>
internal static class NegativeExponential
{
    // Beyond these the result would leave the range of normal numbers.
    private const float SingleUnderflow = 87;

    private const float InverseLn2 = 1.44269504f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // Adding 1.5 * 2^23 rounds to a whole number, which then stands in the lowest bits.
    private const float Rounder = 12582912f;

    /// <summary>exp(-y), to one unit in the last place of doubles and two of floats; less than 1e-37 where it would be smaller. NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> Of<T>(Vector<T> y)
        where T : unmanaged, INumberBase<T> =>
        typeof(T) == typeof(float) ? Vector.As<float, T>(OfSingles(Vector.As<T, float>(y))) : Vector.As<double, T>(OfDoubles(Vector.As<T, double>(y)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> OfDoubles(Vector<double> y) =>
        VectorExponential<NativeLanes>.Negative(VectorExponential<NativeLanes>.AtMostUnderflow(new NativeLanes(y))).High.Numbers;

    /// <summary>exp(-y) = 2^n exp(r), |r| at most ln 2 / 2, exp(r) by its Taylor polynomial of degree 7, whose remainder is below 2^-27.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> OfSingles(Vector<float> y)
    {
        Vector<float> x = -Vector.ConditionalSelect(Vector.GreaterThan(y, new Vector<float>(SingleUnderflow)), new Vector<float>(SingleUnderflow), y);
        Vector<float> shifted = Vector.FusedMultiplyAdd(x, new Vector<float>(InverseLn2), new Vector<float>(Rounder));
        Vector<float> n = shifted - new Vector<float>(Rounder);
        Vector<float> r = Vector.FusedMultiplyAdd(n, new Vector<float>(-Ln2Low), Vector.FusedMultiplyAdd(n, new Vector<float>(-Ln2High), x));
        Vector<float> sum = Next(r, new Vector<float>(1f / 5040), 1f / 720);
        sum = Next(r, sum, 1f / 120);
        sum = Next(r, sum, 1f / 24);
        sum = Next(r, sum, 1f / 6);
        sum = Next(r, sum, 0.5f);
        sum = Next(r, sum, 1);
        sum = Next(r, sum, 1);
        Vector<float> scale = Vector.AsVectorSingle(Vector.ShiftLeft(Vector.AsVectorInt32(shifted), 23) + Vector.AsVectorInt32(Vector<float>.One));
        return sum * scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Next(Vector<float> r, Vector<float> sum, float coefficient) => Vector.FusedMultiplyAdd(sum, r, new Vector<float>(coefficient));
}
