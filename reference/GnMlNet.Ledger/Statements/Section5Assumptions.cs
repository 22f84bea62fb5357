using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The hypotheses of Theorem 5 in a replication of Section 5.</summary>
internal sealed class Section5Assumptions() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, Assumptions 2 and 3",
    "In our replication of the experiment Assumptions 2 and 3 are satisfied, as the paper says of its own run.",
    ["256 rows of our choice, 18 units, α one of 1/8, 8, 16, 256", "any r in (0, 1)"],
    "λ_min(JᵀJ(w_init)) > 0; some w in B has |J(w)ᵀ∇g(αf(w))| = 0, so the gradient at w_init ≤ the most that it can change within B",
    "A minimizer in the open set B is a stationary point. |Jᵀ∇g| at w_init is compared with LR|∇g| + (|J| + LR)μα(|J|R + LR²/2), which bounds its change over the greatest ball, R = 2λ₀/L: with our rows Assumption 2 holds and Assumption 3 fails for all four α. The paper names no seed, so its own run is not decided.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CaliforniaSetting setting) => setting.Find(
        CaliforniaSetting.Assumption2,
        Claims.LessOrEqual("|J₀ᵀ∇g(0)| ≤ the most that Jᵀ∇g(αf) changes over B", CaliforniaSetting.InitialStationarity, setting.GreatestChange));
}
