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

    private const string Kernels = "FullyQualifiedName~Core.Tests.LinearAlgebra.";

    // Software multiply-add is slow, so training itself is left to the property tests of its parts.
    private const string PartsOfTraining = Kernels + "|FullyQualifiedName~Core.Tests.Objectives.|FullyQualifiedName~Core.Tests.Steps.";

    public static TheoryData<string, int, bool, string> Machines => new()
    {
        { "DOTNET_EnableAVX512", 256, true, PartsOfTraining },
        // Without AVX2 there is no fused multiply-add either: it is then computed in software.
        { "DOTNET_EnableAVX2", 128, false, PartsOfTraining },
        // As wide as without AVX2, so that only the kernels can be told apart.
        { "DOTNET_EnableHWIntrinsic", 128, false, Kernels },
    };

    [StartsRestrictedProcessTheory, MemberData(nameof(Machines))]
    public Task The_kernels_are_right_without_wide_vectors(string variable, int bits, bool hasFma, string tests) =>
        RestrictedTestProcess.ShouldPass(typeof(VectorWidthTests).Assembly, tests, (variable, "0"), (ExpectedWidth, $"{bits}"), (ExpectedFma, $"{hasFma}"));

    [RestrictedProcessFact]
    public void The_process_has_the_vectors_that_it_is_meant_to_have()
    {
        $"{Vector<double>.Count * 64}".Should().Be(Environment.GetEnvironmentVariable(ExpectedWidth));
        $"{Fma.IsSupported}".Should().Be(Environment.GetEnvironmentVariable(ExpectedFma));
        Avx2.IsSupported.Should().Be(Vector<double>.Count == 4);
        Avx512F.IsSupported.Should().BeFalse();
    }
}
