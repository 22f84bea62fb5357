using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The speed of the weights on B.</summary>
internal sealed class Inequality26() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "(26)",
    "On B the squared speed of the weights is at most |P∇g|²/(4α²(1-r)²λ₀²).",
    ["Assumption 2", "w in B"],
    "|(JᵀJ)⁻¹Jᵀ∇g|² ≤ |P∇g|²/(4(1-r)²λ₀²)",
    "Both sides at seeded points and points of trajectories.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(point =>
        Claims.LessOrEqual("|(JᵀJ)⁻¹Jᵀ∇g|² ≤ |P∇g|²/(4(1-r)²λ₀²)", RealVectors.SquaredNorm(point.Direction), point.SquaredGradient / (4 * ((1 - setting.Theory.R) * setting.Constants.Lambda0).Square())));
}
