using System.Numerics;
using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>exp(-y) for y >= 0 in vectors of doubles or of floats: every lane gets the same bits, whatever the vector's width.</summary>
internal static class NegativeExponential
{
    // Beyond these the result would leave the range of normal numbers.
    private const double SingleUnderflow = 87;
    private const double DoubleUnderflow = 708;

    // ln 2 in two parts, the first so short that its products with whole numbers are exact.
    private const double SingleLn2High = 0.693359375;
    private const double SingleLn2Low = -2.12194440e-4;
    private const double DoubleLn2High = 0.6931471805598903;
    private const double DoubleLn2Low = 5.497923018708371e-14;
    private const double InverseLn2 = 1.4426950408889634;

    // Adding 1.5 * 2^23 or 1.5 * 2^52 rounds to a whole number, which then stands in the lowest bits.
    private const double SingleRounder = 12582912;
    private const double DoubleRounder = 6755399441055744.0;

    /// <summary>exp(-y), to one unit in the last place of doubles and two of floats; less than 1e-37 where it would be smaller. NaN gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Of<TLanes, T>(TLanes y)
        where TLanes : struct, ITileLanes<TLanes, T>
        where T : unmanaged, INumberBase<T> =>
        typeof(T) == typeof(float) ? OfSingles<TLanes, T>(y) : OfDoubles<TLanes, T>(y);

    /// <inheritdoc cref="Of{TLanes, T}(TLanes)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> Of<T>(Vector<T> y)
        where T : unmanaged, INumberBase<T> => Of<NativeTileLanes<T>, T>(new NativeTileLanes<T>(y)).Native;

    /// <summary>exp(-y) = 2^n exp(r), |r| at most ln 2 / 2, exp(r) by its Taylor polynomial of degree 13, whose remainder is below 2^-57.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes OfDoubles<TLanes, T>(TLanes y)
        where TLanes : struct, ITileLanes<TLanes, T>
        where T : unmanaged, INumberBase<T>
    {
        TLanes r = Reduce<TLanes, T>(y, DoubleUnderflow, DoubleRounder, DoubleLn2High, DoubleLn2Low, out TLanes scale);

        // Even and odd powers go side by side.
        TLanes square = TLanes.Multiply(r, r);
        TLanes even = Next<TLanes, T>(square, Of<TLanes, T>(1.0 / 479001600), 1.0 / 3628800), odd = Next<TLanes, T>(square, Of<TLanes, T>(1.0 / 6227020800), 1.0 / 39916800);
        even = Next<TLanes, T>(square, even, 1.0 / 40320);
        odd = Next<TLanes, T>(square, odd, 1.0 / 362880);
        even = Next<TLanes, T>(square, even, 1.0 / 720);
        odd = Next<TLanes, T>(square, odd, 1.0 / 5040);
        even = Next<TLanes, T>(square, even, 1.0 / 24);
        odd = Next<TLanes, T>(square, odd, 1.0 / 120);
        even = Next<TLanes, T>(square, even, 0.5);
        odd = Next<TLanes, T>(square, odd, 1.0 / 6);
        TLanes tail = TLanes.MultiplyAdd(square, TLanes.MultiplyAdd(odd, r, even), r);
        return TLanes.MultiplyAdd(scale, tail, scale);
    }

    /// <summary>The same for floats by a polynomial of degree 7, whose remainder is below 2^-27.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes OfSingles<TLanes, T>(TLanes y)
        where TLanes : struct, ITileLanes<TLanes, T>
        where T : unmanaged, INumberBase<T>
    {
        TLanes r = Reduce<TLanes, T>(y, SingleUnderflow, SingleRounder, SingleLn2High, SingleLn2Low, out TLanes scale);
        TLanes sum = Next<TLanes, T>(r, Of<TLanes, T>(1.0 / 5040), 1.0 / 720);
        sum = Next<TLanes, T>(r, sum, 1.0 / 120);
        sum = Next<TLanes, T>(r, sum, 1.0 / 24);
        sum = Next<TLanes, T>(r, sum, 1.0 / 6);
        sum = Next<TLanes, T>(r, sum, 0.5);
        sum = Next<TLanes, T>(r, sum, 1);
        sum = Next<TLanes, T>(r, sum, 1);
        return TLanes.Multiply(sum, scale);
    }

    /// <summary>r with -y = n ln 2 + r, and 2^n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Reduce<TLanes, T>(TLanes y, double underflow, double rounder, double ln2High, double ln2Low, out TLanes scale)
        where TLanes : struct, ITileLanes<TLanes, T>
        where T : unmanaged, INumberBase<T>
    {
        TLanes x = TLanes.Subtract(default, TLanes.Limit(y, Of<TLanes, T>(underflow)));
        TLanes shifted = TLanes.MultiplyAdd(x, Of<TLanes, T>(InverseLn2), Of<TLanes, T>(rounder));
        TLanes n = TLanes.Subtract(shifted, Of<TLanes, T>(rounder));
        scale = TLanes.PowerOfTwo(shifted);
        return TLanes.MultiplyAdd(n, Of<TLanes, T>(-ln2Low), TLanes.MultiplyAdd(n, Of<TLanes, T>(-ln2High), x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Next<TLanes, T>(TLanes x, TLanes sum, double coefficient)
        where TLanes : struct, ITileLanes<TLanes, T>
        where T : unmanaged, INumberBase<T> => TLanes.MultiplyAdd(sum, x, Of<TLanes, T>(coefficient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Of<TLanes, T>(double number)
        where TLanes : struct, ITileLanes<TLanes, T>
        where T : unmanaged, INumberBase<T> => TLanes.Of(T.CreateTruncating(number));
}
