using System.Numerics;
using GnMlNet.Reference.Kernels;

namespace GnMlNet.Reference.Tests;

/// <summary>The fast kernels of the reference against the plain ones.</summary>
public class KernelTests
{
    [Theory, InlineData(7, 3, 100), InlineData(256, 20, 130), InlineData(65, 33, 260)]
    public void Products_are_bit_equal(int rows, int columns, int bits)
    {
        var random = new Random(rows);
        BigInteger[] a = Integers(rows * columns, bits, random), weights = Integers(rows, 60, random);
        BigInteger[] weighted = [.. a.Select((entry, k) => entry * weights[k / columns])];
        FastKernels.Instance.SymmetricProduct(weighted, a, rows, columns).Should().Equal(PlainKernels.Instance.SymmetricProduct(weighted, a, rows, columns));
    }

    [Theory, InlineData(64), InlineData(128), InlineData(200)]
    public void Both_tanh_agree_within_their_bounds(int bits)
    {
        BigInteger[] arguments = [BigInteger.Zero, BigInteger.One, -BigInteger.One, .. Integers(500, bits + 3, new Random(bits))];
        int n = arguments.Length;
        BigInteger[] tanh = new BigInteger[n], slope = new BigInteger[n], plainTanh = new BigInteger[n], plainSlope = new BigInteger[n];
        (ulong t, ulong s) = FastKernels.Instance.Tanh(arguments, bits, tanh, slope);
        (ulong plainT, ulong plainS) = PlainKernels.Instance.Tanh(arguments, bits, plainTanh, plainSlope);
        for (int k = 0; k < n; k++)
        {
            (BigInteger.Abs(tanh[k] - plainTanh[k]) <= t + plainT).Should().BeTrue();
            (BigInteger.Abs(slope[k] - plainSlope[k]) <= s + plainS).Should().BeTrue();
        }
    }

    private static BigInteger[] Integers(int count, int bits, Random random) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            var bytes = new byte[(bits / 8) + 1];
            random.NextBytes(bytes);
            return new BigInteger(bytes) >> random.Next(bits);
        }),
    ];
}
