namespace GnMlNet.Balls.Matrices;

/// <summary>Quotients of exact numbers, rounded in a chosen direction.</summary>
internal static class DyadicQuotient
{
    private const int Bits = 128;

    /// <summary>At most a/b, b &gt; 0; about 128 bits are right.</summary>
    public static Dyadic Down(Dyadic a, Dyadic b)
    {
        if (b.Sign <= 0) throw new ArgumentOutOfRangeException(nameof(b), "The divisor must be positive.");
        if (a.IsZero) return a;
        long shift = Math.Max(0, Bits + (long)b.Mantissa.GetBitLength() - (long)BigInteger.Abs(a.Mantissa).GetBitLength());
        var quotient = BigInteger.DivRem(a.Mantissa << checked((int)shift), b.Mantissa, out BigInteger rest);
        // The quotient is cut off toward zero.
        if (rest.Sign < 0) quotient -= 1;
        return new Dyadic(quotient, checked(a.Exponent - b.Exponent - shift));
    }

    /// <summary>At least a/b, b &gt; 0; about 128 bits are right.</summary>
    public static Dyadic Up(Dyadic a, Dyadic b) => -Down(-a, b);
}
