using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using GnMlNet.Balls.Matrices;
using GnMlNet.Balls.Tests.Matrices;
using GnMlNet.Tests.Shared;

namespace GnMlNet.Balls.Tests;

/// <summary>
/// Exact products, tanh on limbs and all that is built on them on machines with narrower vectors or none: tests run again in processes in which instruction sets are
/// switched off, and must find the same bits. Each process first proves that they really are off.
/// </summary>
public class VectorWidthTests
{
    private const string ExpectedAvx2 = "GNMLNET_BALLS_EXPECTED_AVX2";
    private const string ExpectedDigest = "GNMLNET_BALLS_EXPECTED_DIGEST";

    [StartsRestrictedProcessTheory]
    [InlineData("DOTNET_EnableAVX512", true), InlineData("DOTNET_EnableAVX2", false), InlineData("DOTNET_EnableHWIntrinsic", false)]
    public async Task The_kernels_give_the_same_bits_without_wide_vectors(string variable, bool hasAvx2)
    {
        const string filter = "FullyQualifiedName~ExactProductTests|FullyQualifiedName~FixedPointTanhTests|FullyQualifiedName~VectorWidthTests";
        await RestrictedTestProcess.ShouldPass(typeof(VectorWidthTests).Assembly, filter, (variable, "0"), (ExpectedAvx2, $"{hasAvx2}"), (ExpectedDigest, Digest()));
    }

    [RestrictedProcessFact]
    public void The_process_has_the_instructions_that_it_is_meant_to_have()
    {
        string? expected = Environment.GetEnvironmentVariable(ExpectedAvx2);
        $"{Avx2.IsSupported}".Should().Be(expected);
        $"{Fma.IsSupported}".Should().Be(expected);
        $"{Bmi2.X64.IsSupported}".Should().Be(expected);
        Avx512F.IsSupported.Should().BeFalse();
        Vector<double>.Count.Should().Be(Avx2.IsSupported ? 4 : 2);
    }

    [RestrictedProcessFact]
    public void The_bits_are_those_of_the_process_that_asked() => Digest().Should().Be(Environment.GetEnvironmentVariable(ExpectedDigest));

    // Of a product, its digits' bits included, of a bound that went through rounding and factoring, and of tanh.
    private static string Digest()
    {
        IntegerMatrix root = MatrixSamples.Matrix(new Random(7), 40, 30, 150), gram = ExactProduct.Gram(root);
        var text = new StringBuilder();
        for (int i = 0; i < 900; i++)
        {
            for (int t = 0; t < gram.Digits; t++) text.Append(BitConverter.DoubleToInt64Bits(gram.Digit(i / 30, i % 30, t))).Append(' ');
        }

        text.Append(ApproximateCholesky.TryFactor(gram, 200)!.Inverse[3, 29]);
        SpectrumBound bound = SmallestEigenvalue.Bound(BallMatrix.Exact(gram, 0));
        text.Append(bound.IsPositiveDefinite).Append(bound.Lower);

        var random = new Random(8);
        var arguments = new BigInteger[500];
        for (int k = 0; k < arguments.Length; k++) arguments[k] = new BigInteger((random.NextDouble() * 16) - 8) * (BigInteger.One << 120) + random.NextInt64();
        BigInteger[] tanh = new BigInteger[500], slope = new BigInteger[500];
        text.Append(FixedPointTanh.For(128).Evaluate(arguments, tanh, slope)).AppendJoin(' ', tanh).AppendJoin(' ', slope);
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())));
    }
}
