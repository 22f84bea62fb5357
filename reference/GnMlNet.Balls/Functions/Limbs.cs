using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GnMlNet.Balls;

/// <summary>Arithmetic on numbers of n 64-bit limbs, least significant first. No function allocates; results may overwrite operands.</summary>
/// <remarks>Read as fractions, n limbs are a multiple of 2^(-64 n) in [0, 1); that multiple is the number's ulp.</remarks>
internal static unsafe class Limbs
{
    /// <summary>
    /// The product of two fractions, cut off: <c>exact - (1 + 2^-56) ulp &lt; result &lt;= exact</c> for up to 128 limbs.
    /// </summary>
    /// <remarks>docs/certified-tanh.md, "Cut-off products".</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyHigh(ulong* x, ulong* y, int n, ulong* result)
    {
        ulong low, middle, high;
        if (n == 1)
        {
            result[0] = High(x[0], y[0]);
            return;
        }

        if (n == 2)
        {
            ulong x0 = x[0], x1 = x[1], y0 = y[0], y1 = y[1];
            (low, middle, high) = (High(x0, y0), 0, 0);
            Accumulate(x0, y1, ref low, ref middle, ref high);
            Accumulate(x1, y0, ref low, ref middle, ref high);
            ulong bottom = (x1 * y1) + middle, top = High(x1, y1);
            result[0] = bottom;
            result[1] = top + high + (bottom < middle ? 1UL : 0);
            return;
        }

        if (n == 3)
        {
            ulong x0 = x[0], x1 = x[1], x2 = x[2], y0 = y[0], y1 = y[1], y2 = y[2];
            (low, middle, high) = (0, 0, 0);
            AccumulateHigh(x0, y1, ref low, ref middle);
            AccumulateHigh(x1, y0, ref low, ref middle);
            Accumulate(x0, y2, ref low, ref middle, ref high);
            Accumulate(x1, y1, ref low, ref middle, ref high);
            Accumulate(x2, y0, ref low, ref middle, ref high);
            (low, middle, high) = (middle, high, 0);
            Accumulate(x1, y2, ref low, ref middle, ref high);
            Accumulate(x2, y1, ref low, ref middle, ref high);
            result[0] = low;
            (low, middle, high) = (middle, high, 0);
            Accumulate(x2, y2, ref low, ref middle, ref high);
            (result[1], result[2]) = (low, middle);
            return;
        }

        if (n == 4)
        {
            ulong x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], y0 = y[0], y1 = y[1], y2 = y[2], y3 = y[3];
            (low, middle, high) = (0, 0, 0);
            AccumulateHigh(x0, y2, ref low, ref middle);
            AccumulateHigh(x1, y1, ref low, ref middle);
            AccumulateHigh(x2, y0, ref low, ref middle);
            Accumulate(x0, y3, ref low, ref middle, ref high);
            Accumulate(x1, y2, ref low, ref middle, ref high);
            Accumulate(x2, y1, ref low, ref middle, ref high);
            Accumulate(x3, y0, ref low, ref middle, ref high);
            (low, middle, high) = (middle, high, 0);
            Accumulate(x1, y3, ref low, ref middle, ref high);
            Accumulate(x2, y2, ref low, ref middle, ref high);
            Accumulate(x3, y1, ref low, ref middle, ref high);
            result[0] = low;
            (low, middle, high) = (middle, high, 0);
            Accumulate(x2, y3, ref low, ref middle, ref high);
            Accumulate(x3, y2, ref low, ref middle, ref high);
            result[1] = low;
            (low, middle, high) = (middle, high, 0);
            Accumulate(x3, y3, ref low, ref middle, ref high);
            (result[2], result[3]) = (low, middle);
            return;
        }

        (low, middle, high) = (0, 0, 0);
        for (int i = 0; i <= n - 2; i++) AccumulateHigh(x[i], y[n - 2 - i], ref low, ref middle);
        for (int i = 0; i < n; i++) Accumulate(x[i], y[n - 1 - i], ref low, ref middle, ref high);
        for (int first = 1; first < n; first++)
        {
            (low, middle, high) = (middle, high, 0);
            // Column n - 1 + first; its result limb is not read by any later column, so overwriting an operand is safe.
            ulong* b = y + n - 1;
            for (int i = first; i < n; i++, b--) Accumulate(x[i], *b, ref low, ref middle, ref high);
            result[first - 1] = low;
        }

        result[n - 1] = middle;
    }

    /// <summary>The sum modulo 2^(64 n) and its carry, 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong* a, ulong* b, int n, ulong* result)
    {
        ulong carry = 0;
        for (int i = 0; i < n; i++)
        {
            ulong term = b[i], sum = a[i] + carry;
            carry = sum < carry ? 1UL : 0;
            sum += term;
            carry += sum < term ? 1UL : 0;
            result[i] = sum;
        }

        return carry;
    }

    /// <summary>The difference modulo 2^(64 n) and its borrow, 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Subtract(ulong* a, ulong* b, int n, ulong* result)
    {
        ulong borrow = 0;
        for (int i = 0; i < n; i++)
        {
            ulong from = a[i], term = b[i], difference = from - term, left = difference - borrow;
            borrow = (from < term ? 1UL : 0) + (difference < borrow ? 1UL : 0);
            result[i] = left;
        }

        return borrow;
    }

    /// <summary>2^(64 n) less the number, modulo 2^(64 n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Negate(ulong* a, int n, ulong* result)
    {
        ulong carry = 1;
        for (int i = 0; i < n; i++)
        {
            ulong value = ~a[i] + carry;
            carry = value < carry ? 1UL : 0;
            result[i] = value;
        }
    }

    /// <summary>Adds one limb to the lowest, in place; the carry, 0 or 1, is returned.</summary>
    public static ulong AddSmall(ulong* a, int n, ulong term)
    {
        for (int i = 0; i < n && term != 0; i++)
        {
            ulong sum = a[i] + term;
            term = sum < term ? 1UL : 0;
            a[i] = sum;
        }

        return term;
    }

    /// <summary>The number times 2^bits modulo 2^(64 n), for 1 to 63 bits; the bits that are shifted out are returned.</summary>
    public static ulong ShiftLeft(ulong* a, int n, int bits, ulong* result)
    {
        ulong carry = 0;
        for (int i = 0; i < n; i++)
        {
            ulong limb = a[i];
            result[i] = (limb << bits) | carry;
            carry = limb >> (64 - bits);
        }

        return carry;
    }

    /// <summary>The number over 2^bits, cut off, for 1 to 63 bits.</summary>
    public static void ShiftRight(ulong* a, int n, int bits, ulong* result)
    {
        for (int i = 0; i < n - 1; i++) result[i] = (a[i] >> bits) | (a[i + 1] << (64 - bits));
        result[n - 1] = a[n - 1] >> bits;
    }

    /// <summary>Whether all limbs are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(ulong* a, int n)
    {
        ulong any = 0;
        for (int i = 0; i < n; i++) any |= a[i];
        return any == 0;
    }

    /// <summary>Sets all limbs to one value.</summary>
    public static void Fill(ulong* a, int n, ulong value) => new Span<ulong>(a, n).Fill(value);

    // Two multiplications in registers are faster than one whose low half passes through memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b) => Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    // middle:low += the high half of a b.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AccumulateHigh(ulong a, ulong b, ref ulong low, ref ulong middle)
    {
        ulong top = High(a, b);
        low += top;
        middle += low < top ? 1UL : 0;
    }

    // high:middle:low += a b; fewer than 2^64 terms cannot overflow it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ulong a, ulong b, ref ulong low, ref ulong middle, ref ulong high)
    {
        ulong bottom = a * b, top = High(a, b);
        low += bottom;
        // A product's high half is at most 2^64 - 2: the carry fits.
        top += low < bottom ? 1UL : 0;
        middle += top;
        high += middle < top ? 1UL : 0;
    }
}
