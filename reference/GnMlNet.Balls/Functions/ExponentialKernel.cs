namespace GnMlNet.Balls;

/// <summary>exp(-z) for z >= 0 in fixed point, with a proved error bound; docs/certified-tanh.md has the proof, line by line.</summary>
internal static unsafe class ExponentialKernel
{
    /// <summary>1 - exp(-r) errs by at most this many ulps for a reduced argument r.</summary>
    public const ulong ReducedErrorUlps = 6;

    // Below log2(e) = 1.44269504088896..., by more than all roundings of the estimate.
    private const double BelowBinaryLogarithmOfE = 1.4426950408889;

    /// <summary>exp(-z) as a fraction.</summary>
    /// <param name="table">The table.</param>
    /// <param name="integer">The integer part of z, below 2^20.</param>
    /// <param name="fraction">The fraction of z.</param>
    /// <param name="result">exp(-z), below 1; undefined if it returns false.</param>
    /// <param name="scratch">Three times the limbs, and two more.</param>
    /// <param name="errorUlps">The error is at most this many ulps.</param>
    /// <returns>False if exp(-z) rounds to 1 and has no place among the fractions; 1 then errs by at most the bound.</returns>
    public static bool Evaluate(ExponentialTable table, ulong integer, ulong* fraction, ulong* result, ulong* scratch, out ulong errorUlps)
    {
        int n = table.LimbCount;
        ulong* r = scratch, g = scratch + n + 1, p = g + n;
        const double ulpOfTop = 1.0 / 18446744073709551616.0;
        double size = integer + (fraction[n - 1] * ulpOfTop);
        ulong k = (ulong)(size * BelowBinaryLogarithmOfE);
        fixed (ulong* logarithm = table.LogarithmOfTwo, coarse = table.Coarse, fine = table.Fine)
        {
            // r = z - k ln 2, exact for the tabulated ln 2, in [0, 0.6932).
            ulong carry = 0, borrow = 0;
            for (int i = 0; i < n; i++)
            {
                ulong high = Math.BigMul(k, logarithm[i], out ulong low);
                low += carry;
                carry = high + (low < carry ? 1UL : 0);
                ulong from = fraction[i], difference = from - low;
                r[i] = difference - borrow;
                borrow = (from < low ? 1UL : 0) + (difference < borrow ? 1UL : 0);
            }

            int coarseRow = (int)(r[n - 1] >> 56), fineRow = (int)(r[n - 1] >> 48) & 255;
            r[n - 1] &= (1UL << 48) - 1;

            // With 1 - ab = (1 - a) + (1 - b) - (1 - a)(1 - b), only fractions occur.
            OneLessExponential(table, r, g, p);
            Join(g, fine + (fineRow * n), n, p);
            Join(g, coarse + (coarseRow * n), n, p);
        }

        if (k == 0)
        {
            errorUlps = ReducedErrorUlps;
            Limbs.Negate(g, n, result);
            return !Limbs.IsZero(g, n);
        }

        errorUlps = k >= 64 ? 2 : ((ReducedErrorUlps + k) >> (int)k) + 2;
        ulong one = Limbs.IsZero(g, n) ? 1UL : 0;
        Limbs.Negate(g, n, g);
        ShiftRight(g, one, n, k, result);
        return true;
    }

    // g = 1 - exp(-w) = w - w (w g_2), g_k = 1/k! - w g_(k+1), for w < 2^-16.
    private static void OneLessExponential(ExponentialTable table, ulong* w, ulong* g, ulong* p)
    {
        int n = table.LimbCount;
        fixed (ulong* coefficients = table.Coefficients)
        fixed (int* dropped = table.Dropped)
        {
            int k = table.Degree, from = dropped[k];
            ulong* last = coefficients + (k * n);
            for (int i = from; i < n; i++) g[i] = last[i];
            while (--k >= 2)
            {
                int next = dropped[k];
                if (next < from) g[next] = 0;
                from = next;
                Limbs.MultiplyHigh(w + from, g + from, n - from, p + from);
                Limbs.Subtract(coefficients + (k * n) + from, p + from, n - from, g + from);
            }
        }

        Limbs.MultiplyHigh(w, g, n, g);
        Limbs.MultiplyHigh(w, g, n, g);
        Limbs.Subtract(w, g, n, g);
    }

    // g = g + other - g other.
    private static void Join(ulong* g, ulong* other, int n, ulong* p)
    {
        Limbs.MultiplyHigh(g, other, n, p);
        Limbs.Subtract(other, p, n, p);
        Limbs.Add(g, p, n, g);
    }

    private static void ShiftRight(ulong* a, ulong top, int n, ulong bits, ulong* result)
    {
        if (bits > 64 * (ulong)n)
        {
            Limbs.Fill(result, n, 0);
            return;
        }

        int whole = (int)bits / 64, rest = (int)bits % 64;
        for (int i = 0; i < n; i++)
        {
            int source = i + whole;
            ulong low = source < n ? a[source] : source == n ? top : 0;
            ulong high = source + 1 < n ? a[source + 1] : source + 1 == n ? top : 0;
            result[i] = rest == 0 ? low : (low >> rest) | (high << (64 - rest));
        }
    }
}
