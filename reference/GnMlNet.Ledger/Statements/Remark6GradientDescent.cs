using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>That gradient descent has no exponential rate.</summary>
internal sealed class Remark6GradientDescent() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Remark 6, gradient descent's rate",
    "Under assumptions like those of Theorem 5 gradient flow and gradient descent converge at subexponential rates: no rate c > 0 has Δ_t ≤ Δ₀ exp(-ct) for the last iterate.",
    ["Assumption 2", "a large scaling factor", "ρ = 1"],
    "every c with Δ_t ≤ Δ₀ exp(-ct) for all t is at most 0, and every factor by which steps of gradient descent approach the minimizer is at least 1",
    "On a ball around w_init the Hessian of g(αf) has its eigenvalues in [m, M], m > 0, and the minimizer lies so near that gradient flow, w' = -∇(g∘αf)/α², never comes to the border. So dΔ/dt ≤ -(2m/α²)Δ for all time, and steps of length 1/M approach the minimizer by the factor 1 - m/M. The ball is B with r = LR/(2λ₀). No damped or undamped Gauss-Newton step is needed for an exponential rate.",
    VerdictKind.Refuted,
    Anchor: "5r-the-undamped-flow-with-p--n",
    RepairedBy: "5R"))
{
    private protected override Finding Examine(UnderparameterizedSetting setting)
    {
        var ball = new ConvexBall(setting.Constants);
        return setting.Find(
            Claims.LessOrEqual("c = 2m/α² ≤ 0", ball.Rate, 0),
            Claims.LessOrEqual("1 ≤ 1 - m/M", 1, ball.Factor))
            with
        {
            Instance = $"{setting.Name}; here α = {ball.Alpha}, R = {ball.Radius}",
            Premises = [.. setting.Premises, Claims.Less("0 < m", 0, ball.Convexity), Claims.Less("2|∇(g∘αf)(w_init)|/m < R", ball.Displacement, ball.Radius), Claims.Less("R < 2λ₀/L", ball.Radius, 2 * setting.Constants.Radius)],
        };
    }
}
