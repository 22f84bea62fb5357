using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The bound on the modulus of f.</summary>
internal sealed class Theorem2OutputModulus() : SettingStatement<NetworkSetting>(new StatementText(
    "Theorem 2, Lip_f",
    "f is Lipschitz with the modulus σ₁ sqrt(m Σ|x_j|²) at most.",
    ["none"],
    "|J(w)| ≤ σ₁ sqrt(m λ_max(XᵀX)) ≤ σ₁ sqrt(m Σ|x_j|²)",
    "The norm of J at seeded points; the modulus itself is attained at w = 0.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(NetworkSetting setting)
    {
        Real modulus = setting.Network.OutputModulus().Square(), printed = setting.Network.PrintedOutputModulus().Square();
        bool isWide = setting.Network.Parameters >= setting.Network.Rows;
        return setting.Find(
            Claim.All(setting.Points.Select(point => Spectrum.GreatestIsAtMost("|J(w)|² ≤ σ₁² m λ_max(XᵀX)", isWide ? point.Linearization.Kernel : point.Linearization.Gram, modulus))),
            Claims.LessOrEqual("λ_max(XᵀX) ≤ Σ|x_j|², up to 2⁻³⁰: with equality for d = 1", modulus * (1 - ((Real)1).Shift(-30)), printed));
    }
}
