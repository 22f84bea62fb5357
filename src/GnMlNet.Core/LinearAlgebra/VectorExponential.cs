using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// exp(-y) and 1 - exp(-y) for y >= 0, each with the part that rounding cut off, in the lanes of a vector.
/// <code>
/// -y = n ln 2 + r, |r| at most ln 2 / 2;   p = exp(r) - 1 by a polynomial;   exp(-y) = 2^n + 2^n p
/// </code>
/// ln 2 is split in two so that n times its leading part is exact. The polynomial of degree 12 approximates exp(r) - 1 to 2^-57 on the interval.
/// </summary>
internal static class VectorExponential<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Beyond this, exp(-y) is taken as 0: the scale 2^n would leave the range of normal numbers.</summary>
    internal const double Underflow = 708;

    private const double InverseLn2 = 1.4426950408889634;
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    // Adding 1.5 * 2^52 rounds to a whole number, which then stands in the lowest bits.
    private const double Rounder = 6755399441055744.0;

    /// <summary>A sum of two numbers, the second below half a unit in the last place of the first.</summary>
    internal readonly ref struct Pair(TLanes high, TLanes low)
    {
        internal TLanes High { get; } = high;

        internal TLanes Low { get; } = low;
    }

    /// <summary>The lesser of y and <see cref="Underflow"/>; NaN stays. Two instructions, where the minimum of IEEE 754 takes nine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes AtMostUnderflow(TLanes y)
    {
        TLanes limit = TLanes.Of(Underflow);
        return TLanes.WhereGreater(y, limit, limit, y);
    }

    /// <summary>exp(-y) for y in [0, <see cref="Underflow"/>]; NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Pair Negative(TLanes y)
    {
        Pair p = Reduce(y, out TLanes scale);
        return Scale(p, scale);
    }

    /// <summary>exp(-y) as by <see cref="Negative"/>, and 1 - exp(-y) without cancellation near y = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Pair NegativeAndComplement(TLanes y, out Pair complement)
    {
        Pair p = Reduce(y, out TLanes scale);
        TLanes rest = TLanes.Of(1) - scale;
        TLanes restLow = (TLanes.Of(1) - rest) - scale;
        TLanes high = TLanes.MultiplyAdd(-scale, p.High, rest);
        TLanes low = TLanes.MultiplyAdd(-scale, p.High, rest - high) + (restLow - (scale * p.Low));
        complement = new Pair(high, low);
        return Scale(p, scale);
    }

    /// <summary>(a + al) / (d + dl), rounded almost always to the nearest number.</summary>
    /// <param name="numerator">a and al.</param>
    /// <param name="denominator">d and dl.</param>
    /// <param name="reciprocal">1 / d: one division serves several quotients, each corrected by its remainder.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Divide(Pair numerator, Pair denominator, TLanes reciprocal)
    {
        TLanes quotient = numerator.High * reciprocal;
        TLanes remainder = TLanes.MultiplyAdd(-quotient, denominator.High, numerator.High);
        remainder = TLanes.MultiplyAdd(-quotient, denominator.Low, remainder) + numerator.Low;
        return TLanes.MultiplyAdd(remainder, reciprocal, quotient);
    }

    /// <summary>2^n + 2^n p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair Scale(Pair p, TLanes scale)
    {
        TLanes high = TLanes.MultiplyAdd(scale, p.High, scale);
        TLanes low = TLanes.MultiplyAdd(scale, p.High, scale - high) + (scale * p.Low);
        return new Pair(high, low);
    }

    /// <summary>exp(r) - 1, and the scale 2^n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pair Reduce(TLanes y, out TLanes scale)
    {
        TLanes shifted = TLanes.MultiplyAdd(-y, TLanes.Of(InverseLn2), TLanes.Of(Rounder));
        TLanes n = shifted - TLanes.Of(Rounder);
        TLanes leading = TLanes.MultiplyAdd(n, TLanes.Of(-Ln2High), -y);
        TLanes r = TLanes.MultiplyAdd(n, TLanes.Of(-Ln2Low), leading);
        TLanes rLow = TLanes.MultiplyAdd(n, TLanes.Of(-Ln2Low), leading - r);
        scale = TLanes.PowerOfTwo(shifted);

        // p = r + r^2 s(r), and its derivative 1 + p carries the low part of r.
        TLanes square = r * r;
        TLanes s = Polynomial(r, square);
        TLanes high = TLanes.MultiplyAdd(square, s, r);
        TLanes low = TLanes.MultiplyAdd(square, s, r - high) + TLanes.MultiplyAdd(rLow, high, rLow);
        return new Pair(high, low);
    }

    /// <summary>
    /// (exp(r) - 1 - r) / r^2 to 2^-57: Chebyshev interpolation on |r| at most ln 2 / 2. Even and odd powers go side by side: one instruction a coefficient.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Polynomial(TLanes r, TLanes r2)
    {
        TLanes even = Next(r2, TLanes.Of(2.0914717341716378e-09), 2.755727357010214e-07);
        TLanes odd = Next(r2, TLanes.Of(2.5105259538448494e-08), 2.7557255297969643e-06);
        even = Next(r2, even, 2.4801587305605324e-05);
        odd = Next(r2, odd, 0.0001984126987490126);
        even = Next(r2, even, 0.001388888888888373);
        odd = Next(r2, odd, 0.008333333333326112);
        even = Next(r2, even, 0.04166666666666667);
        odd = Next(r2, odd, 0.1666666666666667);
        even = Next(r2, even, 0.5);
        return TLanes.MultiplyAdd(odd, r, even);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Next(TLanes r2, TLanes sum, double coefficient) =>
        TLanes.MultiplyAdd(sum, r2, TLanes.Of(coefficient));
}
