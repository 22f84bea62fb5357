using GnMlNet.Reference.Kernels;

namespace GnMlNet.Balls.Tests;

/// <summary>tanh and its slope from the reference's short evaluation on big integers, which shares nothing with the limbs under test, to more places.</summary>
internal static class SlowTanh
{
    /// <summary>Extra bits of the results; they err by at most two units.</summary>
    public const int ExtraBits = 128;

    /// <summary>tanh and its slope as integers times 2^-(<paramref name="fractionBits"/> + <see cref="ExtraBits"/>).</summary>
    public static (BigInteger Tanh, BigInteger Slope) Evaluate(BigInteger scaled, int fractionBits) =>
        CertifiedTanh.Evaluate(scaled << ExtraBits, fractionBits + ExtraBits);
}
