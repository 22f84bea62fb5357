using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the weights are confined to B.</summary>
internal sealed class Section5Confinement() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, Figure 1b",
    "For α = 8, 16 and 256 the weights are confined to B, the smaller the greater α is.",
    ["our replication: 256 rows, 18 units, steps of Euler's of 1/100", "α = 8, 16 or 256", "any r in (0, 1)"],
    "|w_k - w_0| < 2rλ₀/L for every step k",
    "After one step the weights are outside the greatest B already. That B shrinks as α grows can only be meant through Theorem 5, where r depends on α: 2rλ₀/L has no α in it. The paper names no seed, so its own run is not decided.",
    VerdictKind.Refuted))
{
    private protected override Finding Examine(CaliforniaSetting setting) => setting.FindUnder(
        [Claims.LessOrEqual("8 ≤ α", 8, setting.Alpha)],
        Claims.Less("|w_1 - w_0| < 2λ₀/L", RealVectors.Norm(CaliforniaSetting.Step(CaliforniaSetting.GaussNewtonDirection, setting.Alpha)), CaliforniaSetting.GreatestRadius)) with
    { Reach = Reach.UpToStep(1) };
}
