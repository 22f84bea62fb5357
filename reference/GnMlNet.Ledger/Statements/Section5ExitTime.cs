using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>How long the flows of Section 5 stay in B.</summary>
internal sealed class Section5ExitTime() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, exit time",
    "In the experiment on California Housing the flow never leaves B for α = 8, 16 and 256, which is what the printed T < ∞ is meant to say, since it is said to converge on the manifold.",
    ["256 rows, 18 units, α one of 1/8, 8, 16, 256", "any r in (0, 1)"],
    "T > 64: 0 ≤ g(0) - 64 inf over B of |P∇g|²",
    "Within B the loss falls at the rate |P∇g|² ≥ |Jᵀ∇g|²/|J|², and |Jᵀ∇g| is at least its value at w_init less the most that it changes. At that rate the loss would be negative: all four flows leave B, the largest that Assumption 2 allows, before t = 64.",
    VerdictKind.Refuted,
    RepairedBy: "5R"))
{
    private protected override Finding Examine(CaliforniaSetting setting)
    {
        Real slowest = ((CaliforniaSetting.InitialStationarity - setting.GreatestChange) / CaliforniaSetting.GreatestJacobian).Square();
        return setting.FindUnder(
            [Claims.Less("the most that Jᵀ∇g changes over B < |J₀ᵀ∇g(0)|", setting.GreatestChange, CaliforniaSetting.InitialStationarity)],
            Claims.LessOrEqual("0 ≤ g(0) - 64 inf over B of |P∇g|²", 0, CaliforniaSetting.InitialLoss - (64 * slowest)));
    }
}
