using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with the learning rate of its proof.</summary>
internal sealed class Theorem2StepsOfProof() : Statement(new StatementText(
    "Theorem 2 with the proof's own η",
    "With the learning rate that the proof uses, steps decrease the gap by the proof's factor with ν in (31).",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "Lip_g = 2 sqrt(g(0)), α at least both thresholds"],
    "Δ_k ≤ Δ₀ q^k",
    "The steps are enclosed in balls from w_init on, with five unit inputs in three dimensions and ρ = 10⁻⁸, for both readings of Lip_f: its bound in the paper and the modulus itself.",
    VerdictKind.ProvedOnInstances,
    Number: "(14), (31)",
    RepairedBy: "2R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope) => WideSetting.Decide(
        scope == Scope.Quick ? [("wide64", 20)] : [("wide16", 200), ("wide64", 200), ("wide400", 100)], Examine);

    private static Finding Examine(WideSetting setting, int steps)
    {
        Real tau = setting.Printed.TimeStepOfProof;
        // The proof: 1 - tau s(lambda_0^2), with the nu that (31) misses, twice as near to 1 as the statement for nu = mu = 2.
        Real factor = 1 - (tau * setting.Constants.Nu * setting.Constants.LeastRate(setting.Rho));
        return setting.AlongSteps("of the proof", tau, steps, path => Claim.All(path.Skip(1).Select(point =>
            Claims.LessOrEqual($"Δ_k ≤ Δ₀(1 - τν s(λ₀²))^k, k = {point.Step}", point.Objective, setting.Problem.InitialLoss * factor.Pow(point.Step)))));
    }
}
