using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with a bound on the gradient where it is needed, step by step.</summary>
internal sealed class Theorem2Steps() : Statement(new StatementText(
    "Theorem 2 read locally, along its steps",
    "(14), (31)",
    "Gauss-Newton steps with the printed learning rate decrease the gap by the printed factor.",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "Lip_g = 2 sqrt(g(0)), α at least both thresholds"],
    "Δ_k ≤ Δ₀ q^k",
    "The steps are enclosed in balls from w_init on, with five unit inputs in three dimensions and ρ = 10⁻⁸, for both readings of Lip_f: its bound in the paper and the modulus itself.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "2R"))
{
    private const int FirstBits = 512;
    private const int MostBits = 4096;

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        foreach ((string name, int steps) in scope == Scope.Quick ? [("wide64", 60)] : new[] { ("wide64", 200), ("wide400", 100) })
        {
            foreach (bool usesBound in new[] { true, false }) yield return Rising.Decide(bits => Examine(name, steps, usesBound, bits), FirstBits, MostBits);
        }
    }

    private static Finding Examine(string name, int steps, bool usesBound, int bits)
    {
        var setting = WideSetting.Of(name, usesBound, bits);
        Iterate[] path = [.. new GaussNewtonSteps(setting.Problem, setting.Alpha, setting.Rho, setting.Printed.TimeStep).Take(steps)];
        Iterate last = path[^1];
        return new Finding(
            $"{setting.Name}, η as printed",
            bits,
            [.. setting.Hypotheses, Claims.LessOrEqual("the number of steps ≤ the number that are enclosed", steps, path.Length - 1)],
            [Claims.LessOrEqual($"Δ_k ≤ Δ₀ q^k with q of (14), k = {last.Step}", last.Objective, setting.Printed.Bound(last.Step))]);
    }
}
