using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the flow never leaves the ball, from wherever it starts in it.</summary>
internal sealed class Lemma2Invariance() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Lemma 2, positive invariance",
    "With a large enough scaling factor the ball of radius r₀ = λ₀/L is positively invariant: a flow that starts in it stays in it.",
    ["n < p (Section 3)", "Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "α at least Lemma 2's threshold and (12), for λ₀ = r₀L whatever the modulus L is between its two bounds"],
    "(w - w_init)·w' ≤ 0 on the border of the ball, as a cosine",
    "A weight w on the border at which the flow points outward: there the outputs are bent back, J(w)(w - w_init) and f(w) point in opposite directions, which w - w_init near the null space of J(w_init) makes possible. The flow comes to w from inside, so that from starts in the ball near w it leaves.",
    VerdictKind.Refuted,
    RepairedBy: "1R",
    ExpectedUndecided: 2))
{
    // How far above the thresholds the scaling factor is: the targets do not matter then.
    private const int Orders = 80;

    private const int MostParameters = 64;

    private protected override IEnumerable<Claim> Needs(InstanceData instance) =>
        [.. base.Needs(instance), Claims.LessOrEqual($"p ≤ {MostParameters}: the null space of J is written out", instance.Parameters, MostParameters)];

    private protected override Finding Examine(OverparameterizedSetting setting)
    {
        Constants constants = setting.Constants;
        Real threshold = LeastAlpha(constants, setting.Rho), alpha = ScalingFactor.Above(Real.Max(threshold, constants.Unit).Shift(Orders));
        Network network = constants.Problem.Network;
        Claim[] hypotheses = [Claims.Less("n < p", network.Rows, network.Parameters), Claims.LessOrEqual("the thresholds of Lemma 2 and (12), λ₀ from below and L from above, ≤ α", threshold, alpha)];
        OutwardPoint? point = hypotheses[0].Verdict == Verdict.Proved ? OutwardPoint.Of(constants, alpha, setting.Rho) : null;
        return setting.FindUnder(hypotheses, point is null ? [] : [Claims.LessOrEqual("the cosine of the angle between w - w_init and w' ≤ 0 at a weight of the border", point.Cosine, 0)]) with { Instance = $"{setting.Name}; here α = {alpha}" };
    }

    // With r_0 as it is, lambda_0 = r_0 L for the modulus L itself, which is at least the lower bound; the thresholds fall with lambda_0.
    private static Real LeastAlpha(Constants constants, Real rho)
    {
        Real least = (constants.Radius * constants.Problem.Network.JacobianModulusBelow(constants.Problem.Bits)).Least, square = constants.LambdaN.Square();
        Real factor = constants.Mu * (2 * constants.Problem.InitialLoss).Sqrt() / (constants.Nu * constants.Nu.Sqrt());
        return factor * constants.LambdaN / least.Pow(3) * Constants.Damped(least.Square(), rho) / Constants.Damped(square, rho) * Real.Max(1, constants.Modulus);
    }
}
