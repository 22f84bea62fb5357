namespace GnMlNet.Balls;

/// <summary>
/// Series in integers that stand for multiples of one unit 2^-places. Nothing in them is negative, and every quotient is cut off, so each step errs
/// downward by less than one unit. The bounds are proved in docs/balls.md.
/// </summary>
internal static class FixedPoint
{
    private static readonly Constant LogarithmOf2 =
        new(places => (18 * ArcSeries(26, places, 1)) - (2 * ArcSeries(4801, places, 1)) + (8 * ArcSeries(8749, places, 1)));
    private static readonly Constant CircleRatio =
        new(places => (16 * ArcSeries(5, places, -1)) - (4 * ArcSeries(239, places, -1)));

    /// <summary>ln 2 = 18 artanh(1/26) - 2 artanh(1/4801) + 8 artanh(1/8749) in units of 2^-places, at most 2 units off.</summary>
    public static BigInteger Ln2(int places) => LogarithmOf2.At(places);

    /// <summary>Pi = 16 arctan(1/5) - 4 arctan(1/239) in units of 2^-places, at most 2 units off.</summary>
    public static BigInteger Pi(int places) => CircleRatio.At(places);

    /// <summary>
    /// e^r for an exact r in [0, 2^-halvings), halvings &gt;= 3, raised to the power 2^halvings; both in units of 2^-places. The result is never above the
    /// exact power p, and below it by at most 2^halvings * p * <paramref name="error"/> units.
    /// </summary>
    public static BigInteger ExpPower(BigInteger r, int halvings, int places, out int error)
    {
        // The first degree n with r^n / n! below a unit: 2^-(halvings n) / 2^(sum of floor(log2 j)).
        int degree = 2;
        for (long size = (2L * halvings) + 1; size < places; size += halvings + BitOperations.Log2((uint)degree)) degree++;
        int width = Math.Max(2, (int)Math.Sqrt(degree)), blocks = (degree + width - 1) / width;
        // 4 for every block, 3 for every product of a block's power, 2 for the rest of the series, 1 for the squarings.
        error = (4 * blocks) + (3 * (width - 1)) + 3;

        var powers = new BigInteger[width];
        powers[0] = r;
        for (int i = 1; i < width; i++) powers[i] = (powers[i - 1] * r) >> places;

        // Sums of the terms r^(width i) / (width i + j)! for each j.
        var sums = new BigInteger[width];
        BigInteger term = BigInteger.One << places;
        for (int j = 0; j < blocks * width; j++)
        {
            if (j > 0) term /= j;
            if (j > 0 && j % width == 0) term = (term * powers[width - 1]) >> places;
            sums[j % width] += term;
        }

        BigInteger value = sums[0];
        for (int i = 1; i < width; i++) value += (sums[i] * powers[i - 1]) >> places;
        for (int i = 0; i < halvings; i++) value = (value * value) >> places;
        return value;
    }

    /// <summary>
    /// 1 - cos u for an exact u in [0, 2) in units of 2^-(places - 2 doublings), in units of 2^-places. It errs by at most 4^doublings times <paramref name="error"/> units;
    /// doublings &gt;= 3.
    /// </summary>
    public static BigInteger OneLessCosine(BigInteger u, int doublings, int places, out int error)
    {
        // v = (u/2^doublings)^2 <= 1/16.
        BigInteger r = u << doublings, v = (r * r) >> places, term = v >> 1, value = BigInteger.Zero;
        int terms = 0;
        while (!term.IsZero)
        {
            terms++;
            value += (terms & 1) != 0 ? term : -term;
            term = ((term * v) >> places) / (((2 * terms) + 1) * ((2 * terms) + 2));
        }

        // 3 for every term, 3 for the rest of the series, 1 for the doublings.
        error = (3 * terms) + 4;
        // 1 - cos 2u = 2 c (2 - c) with c = 1 - cos u.
        BigInteger two = BigInteger.One << (places + 1);
        for (int i = 0; i < doublings; i++) value = (value * (two - value)) >> (places - 1);
        return value;
    }

    /// <summary>
    /// artanh z for an exact z in [0, 1/2], both in units of 2^-places. With the terms N that it reports, the result is at most 2N + 4 units below the exact
    /// value, and never above.
    /// </summary>
    public static BigInteger Artanh(BigInteger z, int places, out int terms)
    {
        BigInteger square = (z * z) >> places, power = z, sum = BigInteger.Zero;
        terms = 0;
        while (!power.IsZero)
        {
            sum += power / ((2 * terms) + 1);
            power = (power * square) >> places;
            terms++;
        }

        return sum;
    }

    /// <summary>A number in units of 2^-places, rounded down.</summary>
    public static BigInteger Floor(Dyadic number, long places)
    {
        if (number.IsZero) return BigInteger.Zero;
        long shift = checked(number.Exponent + places);
        if (shift >= 0) return number.Mantissa << checked((int)shift);
        return -shift > int.MaxValue ? number.Sign < 0 ? BigInteger.MinusOne : BigInteger.Zero : number.Mantissa >> (int)-shift;
    }

    /// <summary>The sum of sign^k / ((2k + 1) q^(2k + 1)), for q &gt;= 5: artanh(1/q) or arctan(1/q); at most 3 units for every term off, and 3 more.</summary>
    private static BigInteger ArcSeries(int q, int places, int sign)
    {
        BigInteger power = (BigInteger.One << places) / q, square = q * q, sum = BigInteger.Zero;
        for (int k = 0; !power.IsZero; k++)
        {
            BigInteger term = power / ((2 * k) + 1);
            if (sign < 0 && (k & 1) != 0) sum -= term;
            else sum += term;
            power /= square;
        }

        return sum;
    }

    /// <summary>Enough that the errors of the series, at most 28 (3 terms + 3) units with at most places/4 + 1 terms, are below half a unit after the cut.</summary>
    // A number of which the most places that were asked for are kept.
    private sealed class Constant(Func<int, BigInteger> series)
    {
        private volatile Tuple<int, BigInteger>? _kept;

        public BigInteger At(int places)
        {
            Tuple<int, BigInteger>? kept = _kept;
            if (kept is null || kept.Item1 < places)
            {
                int spare = 10 + BitOperations.Log2((uint)places + 16);
                _kept = kept = Tuple.Create(places, series(places + spare) >> spare);
            }

            return kept.Item2 >> (kept.Item1 - places);
        }
    }
}
