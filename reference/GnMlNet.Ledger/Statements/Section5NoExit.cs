using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the flows of Section 5 stay in B, as it is presumably meant.</summary>
internal sealed class Section5NoExit() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, T = ∞",
    "The flow never leaves B for α = 8, 16 and 256: what the printed T < ∞ is presumably meant to say, since these flows are then said to converge in αf(B).",
    ["our replication: 256 rows, 18 units", "α = 8, 16 or 256", "any r in (0, 1)"],
    "T > 64: 0 ≤ g(0) - 64 inf over B of |P∇g|²",
    "The argument for T < ∞. The paper names no seed, so its own run is not decided.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CaliforniaSetting setting) => setting.FindUnder(
        [Claims.LessOrEqual("8 ≤ α", 8, setting.Alpha)],
        Claims.LessOrEqual("0 ≤ g(0) - 64 inf over B of |P∇g|²", 0, CaliforniaSetting.InitialLoss - (64 * setting.LeastDissipation))) with
    { Premises = [.. setting.Premises, setting.HasNoStationaryPoint] };
}
