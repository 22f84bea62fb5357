using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>What the factor of Theorem 2 tends to.</summary>
internal sealed class Theorem2Limit() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "After Theorem 2, ρ → 0",
    "The printed factor tends to 1 - (ν/μ)λₙ²/Lip_f² for ρ → 0, where 4λₙ² = λ_max(K(w_init)) ≤ Lip_f².",
    ["Assumption 1"],
    "|q(ρ) - (1 - (ν/μ)λₙ²/Lip_f²)| ≤ 4(ν/μ)(λₙ²/Lip_f²)ρ/λ₀², and 4λₙ² ≤ Lip_f²",
    "The formula alone, for ρ = 2⁻¹⁰λ₀² and 2⁻²⁰λ₀², with the printed bound for Lip_f: λ₀ is in neither the limit nor the bounds on it but for ρ/λ₀². That steps do not decrease the gap by this factor is the row of Theorem 2.",
    VerdictKind.ProvedOnInstances,
    Number: "(14)",
    RepairedBy: "2R"))
{
    private static readonly int[] Orders = [10, 20];

    private protected override Finding Examine(OverparameterizedSetting setting)
    {
        Constants constants = setting.Constants;
        Real modulus = setting.Problem.Network.PrintedOutputModulus();
        return setting.Find(
            Claim.All(Orders.Select(orders =>
            {
                Real ratio = ((Real)1).Shift(-orders);
                var printed = new LocalTheorem2(constants, ratio * constants.Lambda0.Square(), modulus);
                return Claims.LessOrEqual(
                    "|q(ρ) - its limit| ≤ 4(ν/μ)(λₙ²/Lip_f²)ρ/λ₀²", (printed.Factor - printed.FactorWithoutDamping).Abs(), 4 * ratio * constants.Nu / constants.Mu * (constants.LambdaN / modulus).Square());
            })),
            Claims.LessOrEqual("4λₙ² ≤ Lip_f²", 4 * constants.LambdaN.Square(), modulus.Square()));
    }
}
