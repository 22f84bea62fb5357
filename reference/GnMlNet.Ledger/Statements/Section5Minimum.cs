using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Where the flows of Section 5 are said to converge.</summary>
internal sealed class Section5Minimum() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, a minimum in αf(B)",
    "For α = 8, 16 and 256 the flow converges to a minimum in αf(B), where the Riemannian gradient is 0.",
    ["our replication: 256 rows, 18 units", "α = 8, 16 or 256", "any r in (0, 1)"],
    "inf over B of |P∇g|² ≤ 0",
    "|P∇g| ≥ |Jᵀ∇g|/|J|, and |Jᵀ∇g| does not change enough within B to vanish: αf(B) has no stationary point, wherever else the flow converges to one. The paper names no seed, so its own run is not decided.",
    VerdictKind.Refuted))
{
    private protected override Finding Examine(CaliforniaSetting setting) => setting.FindUnder(
        [Claims.LessOrEqual("8 ≤ α", 8, setting.Alpha)], Claims.LessOrEqual("a lower bound on |P∇g|² over B ≤ 0", setting.LeastDissipation, 0)) with
    { Premises = [.. setting.Premises, setting.HasNoStationaryPoint] };
}
