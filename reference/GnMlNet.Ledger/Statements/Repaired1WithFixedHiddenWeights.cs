using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>1R where only the output weights are trained, as in the limit that kernel blocks are.</summary>
internal sealed class Repaired1WithFixedHiddenWeights() : SettingStatement<RandomFeatureSetting>(new StatementText(
    "1R at L = 0 on random-feature networks",
    "With hidden weights that stay at their random start and trained output weights the kernel does not change, and 1R holds for every scaling factor.",
    ["hidden weights fixed", "m ≥ n", "distinct inputs", "λ₀ > 0 with 4λ₀² ≤ λ_min(K)", "ρ in (0, 1]", "g the quadratic loss"],
    "Δ_t ≤ Δ₀ exp(-2ν s(4λ₀²) t), dΔ/dt ≤ -2ν s(4λ₀²) Δ and |w_t - w_0| ≤ D/(2λ₀) with D = sqrt(2Δ₀/ν)/α",
    "The paper trains the hidden weights; here they are fixed. Units tanh, logistic or cosine on the inputs of the seeded instances, their hidden weights drawn anew. The flow is linear: r(t) = exp(-2tM) r(0) at times of which each is twice the last, the matrix exponential enclosed.",
    VerdictKind.ProvedOnInstances,
    Anchor: "1r-the-flow-with-p--n"))
{
    private protected override Finding Examine(RandomFeatureSetting setting)
    {
        if (setting.Path.Count == 0) return setting.Find();
        Real rate = setting.Rate, initial = setting.InitialLoss, greatest = setting.GreatestDisplacement;
        return setting.Find(
            Claim.All(setting.Path.Select(point => Claims.LessOrEqual("Δ_t ≤ Δ₀ exp(-2ν s(4λ₀²) t)", point.Gap, initial * (-rate * point.Time).Exp()))),
            Claim.All(setting.Path.Select(point => Claims.LessOrEqual("2ν s(4λ₀²) Δ_t ≤ -dΔ/dt", rate * point.Gap, point.Dissipation))),
            Claim.All(setting.Path.Select(point => Claims.LessOrEqual("|w_t - w_0| ≤ D/(2λ₀)", point.Displacement, greatest))));
    }
}
