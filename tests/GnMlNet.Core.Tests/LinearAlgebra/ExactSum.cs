using System.Numerics;

namespace GnMlNet.Core.Tests.LinearAlgebra;

/// <summary>Sums of products of doubles without any rounding, as an integer times a power of two: the oracle for kernels on numbers of any size.</summary>
internal sealed class ExactSum
{
    // Four factors of at least 2^-1074.
    private const int Scale = 4 * 1074;

    private BigInteger _sum;
    private BigInteger _magnitude;

    /// <summary>The sum of the products' magnitudes, which rounding errors are measured by.</summary>
    internal double Magnitude => ToDouble(_magnitude);

    internal void Add(params ReadOnlySpan<double> factors)
    {
        BigInteger product = BigInteger.One;
        int exponent = 0;
        foreach (double factor in factors)
        {
            long bits = BitConverter.DoubleToInt64Bits(factor);
            int power = (int)((bits >> 52) & 0x7FF);
            long mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (power == 0 ? 0 : 1L << 52);
            product *= bits < 0 ? -mantissa : mantissa;
            exponent += Math.Max(power, 1) - 1075;
        }

        product <<= exponent + Scale + 8;
        _sum += product;
        _magnitude += BigInteger.Abs(product);
    }

    /// <summary>How far a number is from the sum.</summary>
    internal double ErrorOf(double value)
    {
        var other = new ExactSum();
        other.Add(value);
        return ToDouble(BigInteger.Abs(_sum - other._sum));
    }

    private static double ToDouble(BigInteger scaled)
    {
        int shift = (int)Math.Max(0, scaled.GetBitLength() - 64);
        return Math.ScaleB((double)(scaled >> shift), shift - Scale - 8);
    }
}
