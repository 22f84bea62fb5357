using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>That gradient descent needs a regularization.</summary>
internal sealed class Remark6Regularization() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Remark 6, gradient descent's regularization",
    "Gradient descent requires an explicit regularization, such as early stopping or projection, to control how far the weights move.",
    ["Assumption 2", "a large scaling factor", "ρ = 1, and neither early stopping nor projection"],
    "|w_t - w_0| has no bound below the radius R of B",
    "As for the rate: where g∘αf is m-strongly convex and its minimizer w* is in the ball, |w_t - w*| decreases along gradient flow and in steps of length 1/M, so |w_t - w_0| ≤ 2|w* - w_0| ≤ 2|∇(g∘αf)(w_init)|/m for all t.",
    VerdictKind.Refuted,
    Anchor: "5r-the-undamped-flow-with-p--n",
    RepairedBy: "5R"))
{
    private protected override Finding Examine(UnderparameterizedSetting setting)
    {
        var ball = new ConvexBall(setting.Constants);
        return setting.Find(Claims.LessOrEqual("R ≤ 2|∇(g∘αf)(w_init)|/m, a bound on |w_t - w_0| for all t", ball.Radius, ball.Displacement)) with
        {
            Instance = $"{setting.Name}; here α = {ball.Alpha}, R = {ball.Radius}",
            Premises = [.. setting.Premises, Claims.Less("0 < m", 0, ball.Convexity), Claims.Less("2|∇(g∘αf)(w_init)|/m < R: the minimizer is in the ball", ball.Displacement, ball.Radius), Claims.Less("R < 2λ₀/L", ball.Radius, 2 * setting.Constants.Radius)],
        };
    }
}
