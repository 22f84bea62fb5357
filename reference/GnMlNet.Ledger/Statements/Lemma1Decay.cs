using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The decay before the exit time.</summary>
internal sealed class Lemma1Decay() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Lemma 1, (2) and (3)",
    "Until the flow leaves the ball the gap decays like exp(-2νs(λ₀²)t), and the outputs approach the targets accordingly.",
    ["Assumption 1", "ρ in (0, 1)", "t below the exit time"],
    "-dΔ/dt ≥ 2νs(λ₀²)Δ, whose integral is (2), and (ν/2)|αf - f*|² ≤ Δ",
    "The two inequalities whose combination (2) and (3) are, at seeded points and points of trajectories. Along enclosed flows the decay is proved with 1R.",
    VerdictKind.ProvedOnInstances,
    Number: "(2), (3)"))
{
    private protected override Finding Examine(OverparameterizedSetting setting) => setting.AtEveryPoint(
        point => Claims.LessOrEqual("2νs(λ₀²)Δ ≤ -dΔ/dt", setting.Constants.PrintedRate(setting.Rho) * point.Objective, point.SquaredGradient),
        point => Claims.LessOrEqual(
            "(ν/2)|αf - f*|² ≤ Δ + 2⁻⁶⁰ g(0): with equality for the quadratic loss",
            setting.Constants.Nu * RealVectors.SquaredNorm(RealVectors.Subtract(point.Outputs, setting.Problem.Loss.Targets)).Shift(-1),
            point.Objective + setting.Problem.InitialLoss.Shift(-60)));
}
