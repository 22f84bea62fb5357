using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Statements;

/// <summary>The anti-symmetric initialization.</summary>
internal sealed class Remark4() : Statement(new StatementText(
    "Remark 4",
    "Units in pairs with opposite signs and equal weights give outputs 0 at the start, but a Jacobian of rank at most p/2, so that Assumption 2 fails.",
    ["c_i = -c_{i + m/2} and equal weights"],
    "|φ(w_init)| ≤ 2⁻¹⁰⁰, and the two halves of the columns of J add up to at most 2⁻¹⁰⁰",
    "The blocks of J of two paired units are opposite: the columns of one are spanned by the other's. The printed text has the matrix in the place of its rank.",
    VerdictKind.ProvedOnInstances))
{
    private const int Bits = 192;

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        Problem problem = InstanceData.Named("Mirrored").At(Bits);
        Network network = problem.Network;
        int half = network.Units / 2;
        RealMatrix jacobian = network.Jacobian(problem.InitialWeights);
        int width = half * network.Dimension;
        RealMatrix sum = RealMatrix.Of(network.Rows, width, (j, a) => jacobian[j, a] + jacobian[j, a + width]);
        yield return new Finding(
            "Mirrored",
            Bits,
            [Claim.All(Enumerable.Range(0, half).Select(i => Claims.LessOrEqual("c_i + c_{i + m/2} ≤ 0 for c_i > 0, and the other way round", (network.Sign(i) + network.Sign(i + half)) * network.Sign(i), 0)))],
            [
                Claims.LessOrEqual("|φ(w_init)| ≤ 2⁻¹⁰⁰", RealVectors.Norm(network.Outputs(problem.InitialWeights)), ((Real)1).Shift(-100)),
                Claims.LessOrEqual("|J's first half of columns + its second half| ≤ 2⁻¹⁰⁰: rank at most p/2", sum.FrobeniusNorm(), ((Real)1).Shift(-100)),
            ]);
    }
}
