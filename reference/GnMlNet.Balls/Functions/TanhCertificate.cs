namespace GnMlNet.Balls;

/// <summary>
/// A bound on the error of t = (1 - E)/(1 + E) from the numbers E and t alone, however t was computed: the residual 1 - E - t (1 + E) is (1 + E) times
/// the error.
/// </summary>
internal static unsafe class TanhCertificate
{
    /// <summary>No bound is known.</summary>
    public const ulong Unbounded = ulong.MaxValue;

    // Above it a residual counts as unbounded, so that sums of bounds cannot overflow.
    private const ulong Greatest = 1UL << 56;

    /// <summary>
    /// An upper bound in ulps on |1 - E - t (1 + E)|, and so on |t - (1 - E)/(1 + E)|; <see cref="Unbounded"/> if it is 2^56 or more.
    /// </summary>
    /// <param name="e">E.</param>
    /// <param name="t">t.</param>
    /// <param name="n">Limbs.</param>
    /// <param name="product">Becomes t E, cut off.</param>
    /// <param name="scratch">As many limbs.</param>
    public static ulong Residual(ulong* e, ulong* t, int n, ulong* product, ulong* scratch)
    {
        ulong whole = Sum(e, t, n, product, scratch);
        if (whole > 1) return Unbounded;
        // 1 - (whole + sum): nothing is taken modulo 1, since a wrong t must not look right.
        if (whole == 0)
        {
            if (Limbs.IsZero(scratch, n)) return Unbounded;
            Limbs.Negate(scratch, n, scratch);
        }

        if (!Limbs.IsZero(scratch + 1, n - 1) || scratch[0] >= Greatest - 2) return Unbounded;
        // The product was cut off by less than 2 ulps.
        return scratch[0] + 2;
    }

    /// <summary>E + t + t E, the product cut off: the integer part is returned and the fraction is <paramref name="sum"/>.</summary>
    public static ulong Sum(ulong* e, ulong* t, int n, ulong* product, ulong* sum)
    {
        Limbs.MultiplyHigh(e, t, n, product);
        ulong whole = Limbs.Add(product, t, n, sum);
        return whole + Limbs.Add(sum, e, n, sum);
    }

    /// <summary>The bound on the error of t as the hyperbolic tangent, E being within <paramref name="exponentialErrorUlps"/> of exp(-2x).</summary>
    public static ulong TanhError(ulong residual, ulong exponentialErrorUlps) =>
        residual == Unbounded ? Unbounded : residual + (2 * exponentialErrorUlps);

    /// <summary>The bound on the error of E (1 + t)^2, cut off twice, as the slope.</summary>
    public static ulong SlopeError(ulong residual, ulong exponentialErrorUlps) =>
        residual == Unbounded ? Unbounded : (2 * residual) + (4 * exponentialErrorUlps) + 4;
}
