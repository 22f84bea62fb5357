using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Statements;

/// <summary>The anti-symmetric initialization.</summary>
internal sealed class Remark4() : CollectionStatement(new StatementText(
    "Remark 4",
    "Units in pairs with opposite signs and equal weights give outputs 0 at the start, but a Jacobian of rank at most p/2, so that Assumption 2 fails.",
    ["c_i = -c_{i + m/2} and equal weights"],
    "|φ(w_init)| ≤ 2⁻¹⁰⁰, and the two halves of the columns of J add up to at most 2⁻¹⁰⁰",
    "The blocks of J of two paired units are opposite: the columns of one are spanned by the other's. The printed text has the matrix in the place of its rank.",
    VerdictKind.ProvedOnInstances))
{
    private const int Bits = 192;

    private protected override IEnumerable<Claim> Asks(InstanceData instance)
    {
        int half = instance.Signs.Length / 2;
        yield return Claims.LessOrEqual("m ≤ 2·(m/2), m/2 rounded down: m is even", instance.Signs.Length, 2 * half);
        yield return Claims.LessOrEqual("the number of i with c_i ≠ -c_{i + m/2} ≤ 0", Enumerable.Range(0, half).Count(i => instance.Signs[i] != -instance.Signs[i + half]), 0);
        yield return Claims.LessOrEqual(
            "the number of i with other weights than unit i + m/2 ≤ 0", Enumerable.Range(0, half).Count(i => !instance.InitialWeights[i].SequenceEqual(instance.InitialWeights[i + half])), 0);
    }

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        Problem problem = instance.At(Bits);
        Network network = problem.Network;
        int width = network.Parameters / 2;
        RealMatrix jacobian = network.Jacobian(problem.InitialWeights);
        RealMatrix sum = RealMatrix.Of(network.Rows, width, (j, a) => jacobian[j, a] + jacobian[j, a + width]);
        yield return new Finding(
            instance.Name,
            Bits,
            [],
            [
                Claims.LessOrEqual("|φ(w_init)| ≤ 2⁻¹⁰⁰", RealVectors.Norm(network.Outputs(problem.InitialWeights)), ((Real)1).Shift(-100)),
                Claims.LessOrEqual("|J's first half of columns + its second half| ≤ 2⁻¹⁰⁰: rank at most p/2", sum.FrobeniusNorm(), ((Real)1).Shift(-100)),
            ]);
    }
}
