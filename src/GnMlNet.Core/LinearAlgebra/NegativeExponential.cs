using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>exp(-y) for y >= 0 in the vectors of the runtime, of doubles or of floats: every lane gets the same bits, whatever the vector's width.</summary>
internal static class NegativeExponential
{
    // Beyond these the result would leave the range of normal numbers.
    private const float SingleUnderflow = 87;
    private const double DoubleUnderflow = 708;

    // ln 2 in two parts, the first so short that its products with whole numbers are exact.
    private const float SingleLn2High = 0.693359375f;
    private const float SingleLn2Low = -2.12194440e-4f;
    private const double DoubleLn2High = 0.6931471805598903;
    private const double DoubleLn2Low = 5.497923018708371e-14;
    private const double InverseLn2 = 1.4426950408889634;

    // Adding 1.5 * 2^23 or 1.5 * 2^52 rounds to a whole number, which then stands in the lowest bits.
    private const float SingleRounder = 12582912f;
    private const double DoubleRounder = 6755399441055744.0;

    /// <summary>exp(-y), to one unit in the last place of doubles and two of floats; less than 1e-37 where it would be smaller. NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> Of<T>(Vector<T> y)
        where T : unmanaged, INumberBase<T> =>
        typeof(T) == typeof(float) ? Vector.As<float, T>(OfSingles(Vector.As<T, float>(y))) : Vector.As<double, T>(OfDoubles(Vector.As<T, double>(y)));

    /// <summary>exp(-y) = 2^n exp(r), |r| at most ln 2 / 2, exp(r) by its Taylor polynomial of degree 13, whose remainder is below 2^-57.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> OfDoubles(Vector<double> y)
    {
        Vector<double> x = -Vector.ConditionalSelect(Vector.GreaterThan(y, new Vector<double>(DoubleUnderflow)), new Vector<double>(DoubleUnderflow), y);
        Vector<double> shifted = Vector.FusedMultiplyAdd(x, new Vector<double>(InverseLn2), new Vector<double>(DoubleRounder));
        Vector<double> n = shifted - new Vector<double>(DoubleRounder);
        Vector<double> r = Vector.FusedMultiplyAdd(n, new Vector<double>(-DoubleLn2Low), Vector.FusedMultiplyAdd(n, new Vector<double>(-DoubleLn2High), x));

        // Even and odd powers go side by side.
        Vector<double> square = r * r;
        Vector<double> even = Next(square, new Vector<double>(1.0 / 479001600), 1.0 / 3628800), odd = Next(square, new Vector<double>(1.0 / 6227020800), 1.0 / 39916800);
        even = Next(square, even, 1.0 / 40320);
        odd = Next(square, odd, 1.0 / 362880);
        even = Next(square, even, 1.0 / 720);
        odd = Next(square, odd, 1.0 / 5040);
        even = Next(square, even, 1.0 / 24);
        odd = Next(square, odd, 1.0 / 120);
        even = Next(square, even, 0.5);
        odd = Next(square, odd, 1.0 / 6);
        Vector<double> tail = Vector.FusedMultiplyAdd(square, Vector.FusedMultiplyAdd(odd, r, even), r);
        Vector<double> scale = Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(shifted), 52) + Vector.AsVectorInt64(Vector<double>.One));
        return Vector.FusedMultiplyAdd(scale, tail, scale);
    }

    /// <summary>The same for floats by a polynomial of degree 7, whose remainder is below 2^-27.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> OfSingles(Vector<float> y)
    {
        Vector<float> x = -Vector.ConditionalSelect(Vector.GreaterThan(y, new Vector<float>(SingleUnderflow)), new Vector<float>(SingleUnderflow), y);
        Vector<float> shifted = Vector.FusedMultiplyAdd(x, new Vector<float>((float)InverseLn2), new Vector<float>(SingleRounder));
        Vector<float> n = shifted - new Vector<float>(SingleRounder);
        Vector<float> r = Vector.FusedMultiplyAdd(n, new Vector<float>(-SingleLn2Low), Vector.FusedMultiplyAdd(n, new Vector<float>(-SingleLn2High), x));
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
    private static Vector<double> Next(Vector<double> square, Vector<double> sum, double coefficient) => Vector.FusedMultiplyAdd(sum, square, new Vector<double>(coefficient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Next(Vector<float> r, Vector<float> sum, float coefficient) => Vector.FusedMultiplyAdd(sum, r, new Vector<float>(coefficient));
}
