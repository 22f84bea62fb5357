using System.Numerics;
using System.Runtime.Intrinsics.X86;
using GnMlNet.Tests.Shared;

namespace GnMlNet.Core.Tests.LinearAlgebra;

/// <summary>
/// The kernels on machines with narrower vectors: the tests of this folder and of training run again in processes in which wider instruction sets
/// are switched off. Each process first proves that they really are off.
/// </summary>
public class VectorWidthTests
{
    private const string ExpectedWidth = "GNMLNET_EXPECTED_VECTOR_BITS";
    private const string ExpectedFma = "GNMLNET_EXPECTED_FMA";

    public static TheoryData<string, string, int, bool> Machines => new()
    {
        { "DOTNET_EnableAVX512", "0", 256, true },
        // Without AVX2 there is no fused multiply-add either: it is then computed in software.
        { "DOTNET_EnableAVX2", "0", 128, false },
        { "DOTNET_EnableHWIntrinsic", "0", 128, false },
    };

    [StartsRestrictedProcessTheory, MemberData(nameof(Machines))]
    public async Task The_kernels_are_right_without_wide_vectors(string variable, string value, int bits, bool hasFma)
    {
        // Software multiply-add is slow, so training itself is left to the property tests of its parts.
        const string filter = "FullyQualifiedName~LinearAlgebra|FullyQualifiedName~Objectives|FullyQualifiedName~Steps";
        await RestrictedTestProcess.ShouldPass(typeof(VectorWidthTests).Assembly, filter, (variable, value), (ExpectedWidth, $"{bits}"), (ExpectedFma, $"{hasFma}"));
    }

    [RestrictedProcessFact]
    public void The_process_has_the_vectors_that_it_is_meant_to_have()
    {
        $"{Vector<double>.Count * 64}".Should().Be(Environment.GetEnvironmentVariable(ExpectedWidth));
        $"{Fma.IsSupported}".Should().Be(Environment.GetEnvironmentVariable(ExpectedFma));
        Avx2.IsSupported.Should().Be(Vector<double>.Count == 4);
        Avx512F.IsSupported.Should().BeFalse();
    }
}
