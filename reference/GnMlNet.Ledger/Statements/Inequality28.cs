using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The objective after a step.</summary>
internal sealed class Inequality28() : StepStatement(
    "(28)",
    "The smoothness of g bounds the objective after a step.",
    "g(αf(w₊)) ≤ g + ∇g·(αf(w₊) - αf(w)) + (μ/2)|αf(w₊) - αf(w)|², up to 2⁻⁶⁰ g(0): with equality for the quadratic loss",
    "Both sides enclosed at exact points next to the steps.",
    VerdictKind.ProvedOnInstances)
{
    private protected override Claim Examine(PrintedSteps setting, Iterate now, Iterate next)
    {
        Real[] change = RealVectors.Subtract(next.Outputs, now.Outputs);
        Real right = now.Objective + RealVectors.Dot(now.Gradient, change) + (setting.Constants.Mu * RealVectors.SquaredNorm(change)).Shift(-1);
        return Claims.LessOrEqual("g(αf(w₊)) ≤ g + ∇g·α(f(w₊) - f(w)) + (μ/2)|α(f(w₊) - f(w))|² + 2⁻⁶⁰ g(0)", next.Objective, right + setting.Problem.InitialLoss.Shift(-60));
    }
}
