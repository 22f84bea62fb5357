using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using GnMlNet.Balls.Matrices;

namespace GnMlNet.Balls.Tests.Matrices;

/// <summary>
/// Exact products and all that is built on them on machines with narrower vectors or none: tests run again in processes in which instruction sets are
/// switched off, and must find the same bits. Each process first proves that they really are off.
/// </summary>
public class VectorWidthTests
{
    private const string ExpectedAvx2 = "GNMLNET_BALLS_EXPECTED_AVX2";
    private const string ExpectedDigest = "GNMLNET_BALLS_EXPECTED_DIGEST";

    [Theory]
    [InlineData("DOTNET_EnableAVX2"), InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task The_kernels_give_the_same_bits_without_wide_vectors(string variable)
    {
        if (!Avx2.IsSupported || Environment.GetEnvironmentVariable(ExpectedAvx2) is not null) return;

        const string filter = "FullyQualifiedName~ExactProductTests|FullyQualifiedName~VectorWidthTests";
        var start = new ProcessStartInfo("dotnet", ["test", typeof(VectorWidthTests).Assembly.Location, "--filter", filter])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable] = "0";
        start.Environment[ExpectedAvx2] = "False";
        start.Environment[ExpectedDigest] = Digest();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, output + await errors);
        output.Should().Contain("Passed!");
    }

    [Fact]
    public void The_process_has_the_vectors_that_it_is_meant_to_have()
    {
        if (Environment.GetEnvironmentVariable(ExpectedAvx2) is not { } expected) return;
        $"{Avx2.IsSupported}".Should().Be(expected);
        Fma.IsSupported.Should().BeFalse();
        Vector<double>.Count.Should().Be(2);
    }

    [Fact]
    public void The_bits_are_those_of_the_process_that_asked()
    {
        if (Environment.GetEnvironmentVariable(ExpectedDigest) is not { } expected) return;
        Digest().Should().Be(expected);
    }

    // Of a product, its digits' bits included, and of a bound that went through rounding and factoring.
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
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())));
    }
}
