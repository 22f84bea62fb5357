using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Which of the two flows of Section 5 is faster.</summary>
internal sealed class Section5Speed() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, Figure 3, faster rate",
    "The loss falls faster along the Gauss-Newton flow than along gradient flow, from the start on.",
    ["our replication: 256 rows, 18 units, α one of 1/8, 8, 16, 256"],
    "-dg/dt of gradient flow, |Jᵀ∇g|², ≤ -dg/dt of the Gauss-Newton flow, |P∇g|²",
    "At t = 0, in closed form: gradient flow is more than a hundred times faster there, for every α. Which of the flows is ahead depends on the time, and on the unit of time; which one ends lower is not decided. The paper names no seed, so its own run is not decided either.",
    VerdictKind.Refuted))
{
    private protected override Finding Examine(CaliforniaSetting setting) => setting.Find(
        Claims.LessOrEqual("|J₀ᵀ∇g(0)|² ≤ |P∇g(0)|²", RealVectors.SquaredNorm(CaliforniaSetting.GradientDirection), RealVectors.Dot(CaliforniaSetting.GradientDirection, CaliforniaSetting.GaussNewtonDirection))) with
    { Reach = Reach.UpToTime(0) };
}
