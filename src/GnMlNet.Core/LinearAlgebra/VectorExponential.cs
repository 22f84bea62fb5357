using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// exp(-y) and 1 - exp(-y) for y >= 0, each with the part that rounding cut off, in the lanes of a vector.
/// <code>
/// -y = n ln 2 + r, |r| at most ln 2 / 2;   p = exp(r) - 1 by a polynomial;   exp(-y) = 2^n + 2^n p
/// </code>
/// ln 2 is split in two so that n times its leading part is exact. The polynomial of degree 12 approximates exp(r) - 1 to 2^-57 on the interval.
/// </summary>
internal static class VectorExponential
{
    /// <summary>Beyond this, exp(-y) is taken as 0: the scale 2^n would leave the range of normal numbers.</summary>
    internal const double Underflow = 708;

    private const double InverseLn2 = 1.4426950408889634;
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    // Adding 1.5 * 2^52 rounds to a whole number, which then stands in the lowest bits.
    private const double Rounder = 6755399441055744.0;
    private const long ExponentOfOne = 0x3FF0000000000000L;

    /// <summary>A sum of two numbers, the second below half a unit in the last place of the first.</summary>
    internal readonly ref struct Pair(Vector<double> high, Vector<double> low)
    {
        internal Vector<double> High { get; } = high;

        internal Vector<double> Low { get; } = low;
    }

    /// <summary>The lesser of y and <see cref="Underflow"/>; NaN stays. Two instructions, where the minimum of IEEE 754 takes nine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> AtMostUnderflow(Vector<double> y)
    {
        var limit = new Vector<double>(Underflow);
        return Vector.ConditionalSelect(Vector.GreaterThan(y, limit), limit, y);
    }

    /// <summary>exp(-y) for y in [0, <see cref="Underflow"/>]; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Pair Negative(Vector<double> y)
    {
        Pair p = Reduce(y, out Vector<double> scale);
        return Scale(p, scale);
    }

    /// <summary>exp(-y) as by <see cref="Negative"/>, and 1 - exp(-y) without cancellation near y = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Pair NegativeAndComplement(Vector<double> y, out Pair complement)
    {
        Pair p = Reduce(y, out Vector<double> scale);
        Vector<double> rest = Vector<double>.One - scale;
        Vector<double> restLow = (Vector<double>.One - rest) - scale;
        Vector<double> high = Vector.FusedMultiplyAdd(-scale, p.High, rest);
        Vector<double> low = Vector.FusedMultiplyAdd(-scale, p.High, rest - high) + (restLow - (scale * p.Low));
        complement = new Pair(high, low);
        return Scale(p, scale);
    }

    /// <summary>(a + al) / (d + dl), rounded almost always to the nearest number.</summary>
    /// <param name="numerator">a and al.</param>
    /// <param name="denominator">d and dl.</param>
    /// <param name="reciprocal">1 / d: one division serves several quotients, each corrected by its remainder.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<double> Divide(Pair numerator, Pair denominator, Vector<double> reciprocal)
    {
        Vector<double> quotient = numerator.High * reciprocal;
        Vector<double> remainder = Vector.FusedMultiplyAdd(-quotient, denominator.High, numerator.High);
        remainder = Vector.FusedMultiplyAdd(-quotient, denominator.Low, remainder) + numerator.Low;
        return Vector.FusedMultiplyAdd(remainder, reciprocal, quotient);
    }

    /// <summary>2^n + 2^n p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair Scale(Pair p, Vector<double> scale)
    {
        Vector<double> high = Vector.FusedMultiplyAdd(scale, p.High, scale);
        Vector<double> low = Vector.FusedMultiplyAdd(scale, p.High, scale - high) + (scale * p.Low);
        return new Pair(high, low);
    }

    /// <summary>exp(r) - 1, and the scale 2^n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair Reduce(Vector<double> y, out Vector<double> scale)
    {
        Vector<double> shifted = Vector.FusedMultiplyAdd(-y, new Vector<double>(InverseLn2), new Vector<double>(Rounder));
        Vector<double> n = shifted - new Vector<double>(Rounder);
        Vector<double> leading = Vector.FusedMultiplyAdd(n, new Vector<double>(-Ln2High), -y);
        Vector<double> r = Vector.FusedMultiplyAdd(n, new Vector<double>(-Ln2Low), leading);
        Vector<double> rLow = Vector.FusedMultiplyAdd(n, new Vector<double>(-Ln2Low), leading - r);
        scale = Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(shifted), 52) + new Vector<long>(ExponentOfOne));

        // p = r + r^2 s(r), and its derivative 1 + p carries the low part of r.
        Vector<double> square = r * r;
        Vector<double> s = Polynomial(r, square);
        Vector<double> high = Vector.FusedMultiplyAdd(square, s, r);
        Vector<double> low = Vector.FusedMultiplyAdd(square, s, r - high) + Vector.FusedMultiplyAdd(rLow, high, rLow);
        return new Pair(high, low);
    }

    /// <summary>
    /// (exp(r) - 1 - r) / r^2 to 2^-57: Chebyshev interpolation on |r| at most ln 2 / 2. Even and odd powers go side by side: one instruction a coefficient.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Polynomial(Vector<double> r, Vector<double> r2)
    {
        Vector<double> even = Next(r2, new Vector<double>(2.0914717341716378e-09), 2.755727357010214e-07);
        Vector<double> odd = Next(r2, new Vector<double>(2.5105259538448494e-08), 2.7557255297969643e-06);
        even = Next(r2, even, 2.4801587305605324e-05);
        odd = Next(r2, odd, 0.0001984126987490126);
        even = Next(r2, even, 0.001388888888888373);
        odd = Next(r2, odd, 0.008333333333326112);
        even = Next(r2, even, 0.04166666666666667);
        odd = Next(r2, odd, 0.1666666666666667);
        even = Next(r2, even, 0.5);
        return Vector.FusedMultiplyAdd(odd, r, even);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Next(Vector<double> r2, Vector<double> sum, double coefficient) =>
        Vector.FusedMultiplyAdd(sum, r2, new Vector<double>(coefficient));
}
