using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The spectrum of the kernel near the initial weights.</summary>
internal sealed class KernelOnBall() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Section 3, kernel on the ball",
    "On the ball r₀ the kernel's smallest eigenvalue is at least λ₀² and its norm at least λₙ².",
    ["Assumption 1", "|w - w_init| < r₀ = λ₀/L"],
    "λ₀² ≤ λ_min(K(w)) and λₙ² ≤ |K(w)|",
    "Eigenvalues enclosed by counting negative pivots, at seeded points and points of trajectories.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(OverparameterizedSetting setting) => setting.AtEveryPoint(
        point => Spectrum.SmallestIsAtLeast("λ₀² ≤ λ_min(K(w))", setting.Constants.Lambda0.Square(), point.Linearization.Kernel),
        point => Claims.LessOrEqual("λₙ² ≤ |K(w)|", setting.Constants.LambdaN.Square(), Eigenvalues.Greatest(point.Linearization.Kernel)));
}
