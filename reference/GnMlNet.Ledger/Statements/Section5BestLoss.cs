using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The final losses of Section 5.</summary>
internal sealed class Section5BestLoss() : Section5Limit(
    "Section 5, Figure 1a",
    "The limits for α = 16 and 256 have a greater empirical loss than that for α = 8.",
    "α = 16 or 256",
    "lim g(αf(w_k)) at α = 8 < lim g(αf(w_k)) at α",
    "In floating-point arithmetic the losses after 400 steps are 161.3, 175.3 and 196.6. After the first step, which is enclosed, it is the other way round.",
    steps: 400,
    undecided: 2)
{
    private protected override Claim Concerns(CaliforniaSetting setting) => Claims.LessOrEqual("16 ≤ α", 16, setting.Alpha);

    private protected override IEnumerable<Claim> AfterOneStep(CaliforniaSetting setting) =>
    [
        Claims.Less("g(αf(w_1)) at α = 8 < g(αf(w_1)) at α",
            CaliforniaSetting.LossAfterStep(CaliforniaSetting.GaussNewtonDirection, 8), CaliforniaSetting.LossAfterStep(CaliforniaSetting.GaussNewtonDirection, setting.Alpha)),
    ];
}
