using System.Numerics;

namespace GnMlNet.Balls.Tests;

/// <summary>
/// tanh and its slope with 128 bits more than the argument has, by one series and repeated squaring: nothing of it is shared with the code under test.
/// </summary>
/// <remarks>
/// With G = F + 224 bits, z = 2x is cut to z/2^m &lt; 2^-8 (error below one unit 2^-G), and the alternating series of exp(-z/2^m) has fewer than 200 terms up to
/// F = 1024, each off by less than 2 units: below 500 units in all. Squaring a number in [0, 1] doubles the error and adds one unit and the error's square:
/// below 2^m * 600 units after m squarings. m &lt;= 30, so E is within 2^40 units; tanh has derivative at most 2 and the slope at most 4 in E, and both
/// quotients are cut off by one unit: everything is within 2^43 units of 2^-G, far below 2^-(F + 128).
/// </remarks>
internal static class SlowTanh
{
    /// <summary>Extra bits of the results; they err by less than two units.</summary>
    public const int ExtraBits = 128;

    private const int Guard = 96;

    public static (BigInteger Tanh, BigInteger Slope) Evaluate(BigInteger scaled, int fractionBits)
    {
        int bits = fractionBits + ExtraBits + Guard;
        BigInteger one = BigInteger.One << bits, z = BigInteger.Abs(scaled) << (ExtraBits + Guard + 1);
        BigInteger exponential = 0;
        // Beyond, exp(-z) is below 2^-bits.
        if (z >> bits <= bits)
        {
            int halvings = Math.Max(0, (int)(z.GetBitLength() - bits) + 8);
            BigInteger w = z >> halvings, term = one;
            exponential = one;
            for (int k = 1; !term.IsZero; k++)
            {
                term = (term * w >> bits) / k;
                exponential += (k & 1) == 1 ? -term : term;
            }

            for (int i = 0; i < halvings; i++) exponential = exponential * exponential >> bits;
        }

        BigInteger sum = one + exponential, tanh = ((one - exponential) << bits) / sum, slope = (exponential << (2 * bits + 2)) / (sum * sum);
        return (scaled.Sign * (tanh >> Guard), slope >> Guard);
    }
}
