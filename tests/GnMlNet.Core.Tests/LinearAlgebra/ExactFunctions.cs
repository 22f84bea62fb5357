using System.Numerics;

namespace GnMlNet.Core.Tests.LinearAlgebra;

/// <summary>
/// tanh, the logistic function and their derivatives in integer arithmetic with 500 bits behind the point: an independent way, by Taylor series
/// after halving, with no constant taken over from the kernels.
/// </summary>
internal static class ExactFunctions
{
    private const int Bits = 500;
    private static readonly BigInteger One = BigInteger.One << Bits;

    internal static BigInteger Tanh(double z)
    {
        BigInteger e = ExpOfMinus(2 * Fixed(Math.Abs(z)));
        BigInteger value = ((One - e) << Bits) / (One + e);
        return z < 0 ? -value : value;
    }

    internal static BigInteger TanhSlope(double z)
    {
        BigInteger e = ExpOfMinus(2 * Fixed(Math.Abs(z)));
        return 4 * ((e << Bits) / (One + e) << Bits) / (One + e);
    }

    internal static BigInteger Logistic(double z)
    {
        BigInteger e = ExpOfMinus(Fixed(Math.Abs(z)));
        return z < 0 ? (e << Bits) / (One + e) : (One << Bits) / (One + e);
    }

    internal static BigInteger LogisticSlope(double z)
    {
        BigInteger e = ExpOfMinus(Fixed(Math.Abs(z)));
        return ((e << Bits) / (One + e) << Bits) / (One + e);
    }

    /// <summary>exp(-y), y in [0, 200]: beyond, too few of the bits are left.</summary>
    internal static BigInteger NegativeExponential(double y) => ExpOfMinus(Fixed(y));

    /// <summary>How far a computed number is from the exact one, in units in the last place of the exact one.</summary>
    internal static double ErrorInUlps(double computed, BigInteger exact)
    {
        double ulp = Math.BitIncrement(Math.Abs(ToDouble(exact))) - Math.Abs(ToDouble(exact));
        return Math.Abs(ToDouble(Fixed(computed) - exact)) / ulp;
    }

    private static BigInteger ExpOfMinus(BigInteger y)
    {
        const int halvings = 24;
        BigInteger x = -y >> halvings, term = One, sum = One;
        for (int k = 1; !term.IsZero && k < 200; k++)
        {
            term = (term * x >> Bits) / k;
            sum += term;
        }

        for (int i = 0; i < halvings; i++) sum = sum * sum >> Bits;
        return sum;
    }

    private static BigInteger Fixed(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        int shift = Math.Max(exponent, 1) - 1075 + Bits;
        BigInteger magnitude = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return value < 0 ? -magnitude : magnitude;
    }

    private static double ToDouble(BigInteger value)
    {
        int excess = Math.Max(0, (int)value.GetBitLength() - 64);
        return Math.ScaleB((double)(value >> excess), excess - Bits);
    }
}
