using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The hypotheses of Theorem 5 in the experiment of Section 5.</summary>
internal sealed class Section5Assumption3() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, Assumption 3",
    "In the experiment on California Housing Assumptions 2 and 3 are satisfied.",
    ["256 rows, 18 units, α one of 1/8, 8, 16, 256", "any r in (0, 1)"],
    "some w in B has |J(w)ᵀ∇g(αf(w))| = 0, so the gradient at w_init ≤ the most that it can change within B",
    "A minimizer in the open set B is a stationary point. |Jᵀ∇g| at w_init is compared with LR|∇g| + (|J| + LR)μα(|J|R + LR²/2), which bounds its change over the greatest ball, R = 2λ₀/L: Assumption 3 fails for all four α. One subset of rows: the paper names no seed.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CaliforniaSetting setting) =>
        setting.Find(Claims.LessOrEqual("|J₀ᵀ∇g(0)| ≤ the most that Jᵀ∇g(αf) changes over B", CaliforniaSetting.InitialStationarity, setting.GreatestChange));
}
