using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The expected kernel.</summary>
internal sealed class ExpectedKernel() : SettingStatement<NetworkSetting>(new StatementText(
    "Section 3, E[K₀]/m",
    "With random signs and weights the expected kernel, divided by m, is the tangent kernel.",
    ["signs and weights drawn independently, unit by unit"],
    "K₀ is the sum over the units of c_i² times a function of unit i alone, with c_i² = 1: the two sums differ by at most 2⁻⁶⁰",
    "An expectation is not decided by instances. Checked is what it follows from: the kernel of the network is the sum of the kernels of its units, each with the sign 1.",
    VerdictKind.NotDecidableByComputation), StatementKind.ThroughConsequence)
{
    private protected override Finding Examine(NetworkSetting setting)
    {
        Problem problem = setting.Problem;
        Network network = problem.Network;
        RealMatrix kernel = new Linearization(network, problem.InitialWeights).Kernel, sum = new(network.Rows, network.Rows);
        for (int i = 0; i < network.Units; i++)
        {
            var unit = new Network(network.Activation, network.Inputs, [1]);
            sum += new Linearization(unit, problem.InitialWeights[(i * network.Dimension)..((i + 1) * network.Dimension)]).Kernel;
        }

        return setting.Find(Claims.LessOrEqual("|K₀ - the sum over units| ≤ 2⁻⁶⁰", (kernel - sum).FrobeniusNorm(), ((Real)1).Shift(-60)));
    }
}
