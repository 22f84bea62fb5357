namespace GnMlNet.Reference.Kernels;

/// <summary>tanh and its slope in fixed point with proven bounds, straight from the exponential series on big integers: slow and short.</summary>
/// <remarks>
/// Let a = |x| &lt;= F, u = 2a/2^K with K so that u &lt; 2^-16. All numbers are integers in units of 2^-P, P = F + K + 32; u is exact.
/// Series of e^-u: a term is the one before times u, divided by n, each rounded down, so its error obeys e_n &lt;= e_(n-1)/2^16 + 2 &lt; 2.01 units. The sum of N terms and the
/// tail of the alternating series, no larger than the first term that came out as zero, are off by less than 3N + 3 units.
/// Squaring E in [0, 1] with an error of e units gives at most 2e + e^2/2^P + 1 units; as long as e^2 &lt;= 2^P that is at most 2e + 2, so K squarings
/// leave at most (3N + 5) 2^K units. The condition is asserted. In units of 2^-F this is (3N + 5)/2^32, below 2^-10 since N is asserted to be at most 2^20.
/// tanh = (1 - E)/(1 + E) and sech^2 = 4E/(1 + E)^2 move by at most 2 and 4 times the error of E, and are rounded down to multiples of 2^-F (sech^2 once more to
/// 2^-P before): both end within 2 units of 2^-F.
/// For a &gt; F, e^-2a &lt; 2^-2F: tanh is 1 and the slope 0 to within a unit.
/// </remarks>
internal static class CertifiedTanh
{
    /// <summary>The greatest error of a tanh or a slope in units of 2^-F.</summary>
    internal const ulong Bound = 2;

    /// <summary>Evaluates at a multiple of 2^-F.</summary>
    internal static (BigInteger Tanh, BigInteger Slope) Evaluate(BigInteger argument, int fractionBits)
    {
        BigInteger size = BigInteger.Abs(argument), one = BigInteger.One << fractionBits;
        if (size > (BigInteger)fractionBits << fractionBits) return (argument.Sign * one, BigInteger.Zero);

        int halvings = Math.Max(0, (int)size.GetBitLength() + 1 - fractionBits + 16), places = fractionBits + halvings + 32;
        BigInteger unit = BigInteger.One << places;
        BigInteger u = size << (places - fractionBits + 1 - halvings);
        BigInteger exponential = unit, term = unit;
        int terms = 0;
        for (int n = 1; !term.IsZero; n++)
        {
            term = (term * u >> places) / n;
            exponential += n % 2 == 1 ? -term : term;
            terms++;
        }

        BigInteger error = (BigInteger)((3 * terms) + 5) << halvings;
        if (error * error > unit || terms > 1 << 20) throw new InvalidOperationException($"{fractionBits} places are too few for the error bound of tanh.");
        for (int k = 0; k < halvings; k++) exponential = exponential * exponential >> places;

        BigInteger sum = unit + exponential;
        BigInteger value = ((unit - exponential) << fractionBits) / sum, slope = ((exponential << (places + 2)) / sum << fractionBits) / sum;
        return (argument.Sign * value, slope);
    }
}
