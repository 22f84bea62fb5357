using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the flows of Section 5 leave B, as it is printed.</summary>
internal sealed class Section5ExitTime() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, T < ∞",
    "The flow leaves B: T < ∞ for α = 8, 16 and 256, and for α = 1/8.",
    ["our replication: 256 rows, 18 units, α one of 1/8, 8, 16, 256", "any r in (0, 1)"],
    "T ≤ 64: g(0) - 64 inf over B of |P∇g|² < 0",
    "Within B the loss falls at the rate |P∇g|² ≥ |Jᵀ∇g|²/|J|², and |Jᵀ∇g| is at least its value at w_init less the most that it changes. A flow in B up to t = 64 would have a negative loss: all four flows leave B, the largest that Assumption 2 allows, before.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(CaliforniaSetting setting) => setting.Find(
        Claims.Less("g(0) - 64 inf over B of |P∇g|² < 0", CaliforniaSetting.InitialLoss - (64 * setting.LeastDissipation), 0)) with
    { Premises = [.. setting.Premises, setting.HasNoStationaryPoint] };
}
