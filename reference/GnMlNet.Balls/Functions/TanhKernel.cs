namespace GnMlNet.Balls;

/// <summary>tanh(z/2) and its slope sech^2(z/2) in fixed point; docs/certified-tanh.md has the proof of the bounds.</summary>
internal static unsafe class TanhKernel
{
    /// <summary>Limbs of scratch memory, for n limbs of a number.</summary>
    public static int ScratchLimbs(int n) => (7 * n) + 2;

    /// <summary>tanh(z/2) and sech^2(z/2) for z >= 0.</summary>
    /// <param name="table">The table.</param>
    /// <param name="integer">The integer part of z.</param>
    /// <param name="fraction">The fraction of z.</param>
    /// <param name="tanh">tanh(z/2).</param>
    /// <param name="slope">sech^2(z/2).</param>
    /// <param name="scratch"><see cref="ScratchLimbs"/> limbs.</param>
    /// <param name="tanhError">A bound on the error of the tangent in ulps.</param>
    /// <param name="slopeError">A bound on the error of the slope in ulps.</param>
    public static void Evaluate(
        ExponentialTable table, ulong integer, ulong* fraction, ulong* tanh, ulong* slope, ulong* scratch, out ulong tanhError, out ulong slopeError)
    {
        int n = table.LimbCount;
        if (integer >= 1UL << 20)
        {
            // exp(-z) < 2^(-1.4 * 2^20): far below 1/4 ulp, so both bounds are one ulp.
            Saturate(n, tanh, slope);
            (tanhError, slopeError) = (1, 1);
            return;
        }

        ulong* e = scratch, product = e + n, rest = product + n;
        if (!ExponentialKernel.Evaluate(table, integer, fraction, e, rest, out ulong error))
        {
            // 1 - E <= error: the tangent is at most half of that, and 1 - tanh^2 is above 1 - error; one ulp more since 1 itself has no place.
            bool isZero = integer == 0 && Limbs.IsZero(fraction, n);
            Limbs.Fill(tanh, n, 0);
            Limbs.Fill(slope, n, ulong.MaxValue);
            (tanhError, slopeError) = isZero ? (0UL, 1UL) : (error, error + 1);
            return;
        }

        if (Limbs.IsZero(e, n))
        {
            // E <= error: 1 - 2 E <= tanh <= 1 and 0 <= slope <= 4 E.
            Saturate(n, tanh, slope);
            (tanhError, slopeError) = (2 * error, 4 * error);
            return;
        }

        Quotient(e, n, tanh, product, rest);
        ulong residual = TanhCertificate.Residual(e, tanh, n, product, rest);
        tanhError = TanhCertificate.TanhError(residual, error);
        slopeError = TanhCertificate.SlopeError(residual, error);

        // v = E + E t, slope = v + v t; beyond 1, where no slope is, the last fraction below 1 is nearer.
        if (Limbs.Add(e, product, n, product) != 0)
        {
            Limbs.Fill(slope, n, ulong.MaxValue);
            return;
        }

        Limbs.MultiplyHigh(product, tanh, n, slope);
        if (Limbs.Add(slope, product, n, slope) != 0) Limbs.Fill(slope, n, ulong.MaxValue);
    }

    private static void Saturate(int n, ulong* tanh, ulong* slope)
    {
        Limbs.Fill(tanh, n, ulong.MaxValue);
        Limbs.Fill(slope, n, 0);
    }

    // t near (1 - E)/(1 + E). Nothing is claimed of it: the certificate judges the result.
    private static void Quotient(ulong* e, int n, ulong* t, ulong* product, ulong* rest)
    {
        ulong* q = rest + n, u = q + n;
        int length = Reciprocal(e, n, q, product, rest);

        // A quotient of as many limbs as the reciprocal has, ...
        Limbs.Negate(e, n, u);
        int skip = n - length;
        Limbs.Fill(t, skip, 0);
        Limbs.MultiplyHigh(u + skip, q + skip, length, t + skip);

        // ... and the rest of the division: t += residual * q. The residual is below its low limbs' range.
        ulong whole = TanhCertificate.Sum(e, t, n, product, rest);
        int low = skip + 1;
        if (whole == 0) Limbs.Negate(rest, low, rest);
        Limbs.MultiplyHigh(rest, q + n - low, low, rest);
        Limbs.Fill(rest + low, n - low, 0);
        if (whole == 0)
        {
            if (Limbs.Add(t, rest, n, t) != 0) Limbs.Fill(t, n, ulong.MaxValue);
        }
        else if (Limbs.Subtract(t, rest, n, t) != 0)
        {
            Limbs.Fill(t, n, 0);
        }
    }

    // The top limbs of q become 1/(1 + E) by Newton's iteration from a double, the others 0; returns how many limbs.
    private static int Reciprocal(ulong* e, int n, ulong* q, ulong* z, ulong* correction)
    {
        const double ulpOfTop = 1.0 / 18446744073709551616.0, one = 18446744073709551616.0;
        double start = 1 / (1 + (e[n - 1] * ulpOfTop));
        Limbs.Fill(q, n - 1, 0);
        q[n - 1] = start < 1 ? (ulong)(start * one) : ulong.MaxValue;
        int wanted = n <= 2 ? 1 : (n + 2) / 2;
        Refine(e + n - 1, q + n - 1, 1, 1, z, correction);
        int length = 1;
        while (length < wanted)
        {
            // Each step doubles the limbs; one less, from two limbs on, keeps the last places' errors from being squared again and again.
            int next = Math.Min(wanted, Math.Max(2, (2 * length) - 1));
            Refine(e + n - next, q + n - next, next, next - length + 1, z, correction);
            length = next;
        }

        return length;
    }

    // q += q (1 - q (1 + E)), the bracket being below the range of its low limbs.
    private static void Refine(ulong* e, ulong* q, int n, int low, ulong* z, ulong* correction)
    {
        Limbs.MultiplyHigh(q, e, n, z);
        Limbs.Add(z, q, n, z);
        bool isBelowOne = z[n - 1] >> 63 != 0;
        if (isBelowOne) Limbs.Negate(z, low, z);
        Limbs.MultiplyHigh(z, q + n - low, low, correction);
        Limbs.Fill(correction + low, n - low, 0);
        if (!isBelowOne) Limbs.Subtract(q, correction, n, q);
        else if (Limbs.Add(q, correction, n, q) != 0) Limbs.Fill(q, n, ulong.MaxValue);
    }
}
