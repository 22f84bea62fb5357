using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Riemannian gradient in Section 5.</summary>
internal sealed class Section5Gradient() : Section5Limit(
    "Section 5, Figure 2a",
    "For α = 8, 16 and 256 the Riemannian gradient tends to 0.",
    "α = 8, 16 or 256",
    "|P∇g| → 0",
    "In floating-point arithmetic |P∇g|² falls from 4731 to 0.98, 0.33 and 0.0005 in 400 steps. Enclosed is that the first step lowers the loss.",
    steps: 400,
    undecided: 3)
{
    private protected override Claim Concerns(CaliforniaSetting setting) => Claims.LessOrEqual("8 ≤ α", 8, setting.Alpha);

    private protected override IEnumerable<Claim> AfterOneStep(CaliforniaSetting setting) =>
        [Claims.Less("g(αf(w_1)) < g(0)", CaliforniaSetting.LossAfterStep(CaliforniaSetting.GaussNewtonDirection, setting.Alpha), CaliforniaSetting.InitialLoss)];
}
