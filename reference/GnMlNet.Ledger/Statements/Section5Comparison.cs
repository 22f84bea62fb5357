using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Gauss-Newton flow and gradient flow of Section 5, step by step.</summary>
internal sealed class Section5Comparison() : SettingStatement<CaliforniaSetting>(new StatementText(
    "Section 5, Figure 3, smaller risk",
    "In steps of Euler's of 1/100 the Gauss-Newton flow has the smaller empirical risk than gradient flow.",
    ["our replication: 256 rows, 18 units, α one of 1/8, 8, 16, 256"],
    "g(αf(w_k)) of the Gauss-Newton flow < g(αf(w_k)) of gradient flow",
    "After one step, from the enclosed directions. For α = 8, 16 and 256 the step of 1/100 is too long for gradient flow and makes its loss more than ten times greater: in shorter steps it is ahead at first.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(CaliforniaSetting setting) => setting.Find(
        Claims.Less("g(αf(w_1)) of the Gauss-Newton flow < that of gradient flow",
            CaliforniaSetting.LossAfterStep(CaliforniaSetting.GaussNewtonDirection, setting.Alpha), CaliforniaSetting.LossAfterStep(CaliforniaSetting.GradientDirection, setting.Alpha))) with
    { Reach = Reach.UpToStep(1) };
}
