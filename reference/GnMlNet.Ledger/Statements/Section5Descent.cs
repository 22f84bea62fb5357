using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The loss for the smallest scaling factor of Section 5.</summary>
internal sealed class Section5Descent() : Section5Limit(
    "Section 5, Figure 1a, α = 1/8",
    "For α = 1/8 the loss does not fall monotonically once the weights have left B.",
    "α = 1/8",
    "g(αf(w_k)) < g(αf(w_(k+1))) for some k beyond the exit from B",
    "In floating-point arithmetic it falls in each of the thirteen steps after which JᵀJ is singular up to rounding; what comes then is what a solver makes of that. Enclosed is the first step: it leaves B, and does not raise the loss.",
    steps: 13,
    undecided: 1)
{
    private protected override Claim Concerns(CaliforniaSetting setting) => Claims.Less("α < 1", setting.Alpha, 1);

    private protected override IEnumerable<Claim> AfterOneStep(CaliforniaSetting setting) =>
    [
        Claims.Less("2λ₀/L < |w_1 - w_0|", CaliforniaSetting.GreatestRadius, RealVectors.Norm(CaliforniaSetting.Step(CaliforniaSetting.GaussNewtonDirection, setting.Alpha))),
        Claims.Less("g(0) < g(αf(w_1))", CaliforniaSetting.InitialLoss, CaliforniaSetting.LossAfterStep(CaliforniaSetting.GaussNewtonDirection, setting.Alpha)),
    ];
}
