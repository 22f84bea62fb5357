using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>Theorem 2 with the learning rate of its proof.</summary>
internal sealed class Theorem2StepsOfProof() : Statement(new StatementText(
    "Theorem 2 with the proof's own η",
    "(14), (31)",
    "With the learning rate that the proof uses, steps decrease the gap by the proof's factor with ν in (31).",
    ["Assumption 1", "0 < ρ ≤ λₙ²/(1 + λₙ²)", "Lip_g = 2 sqrt(g(0)), α at least both thresholds"],
    "Δ_k ≤ Δ₀ q^k",
    "The steps are enclosed in balls from w_init on, with five unit inputs in three dimensions and ρ = 10⁻⁸, for both readings of Lip_f: its bound in the paper and the modulus itself.",
    VerdictKind.ProvedOnInstances,
    "which-printed-statements-hold",
    "2R"))
{
    private const int FirstBits = 512;
    private const int MostBits = 4096;

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        foreach ((string name, int steps) in scope == Scope.Quick ? [("wide64", 20)] : new[] { ("wide16", 200), ("wide64", 200), ("wide400", 100) })
        {
            foreach (bool usesBound in new[] { true, false }) yield return Rising.Decide(bits => Examine(name, steps, usesBound, bits), FirstBits, MostBits);
        }
    }

    private static Finding Examine(string name, int steps, bool usesBound, int bits)
    {
        var setting = WideSetting.Of(name, usesBound, bits);
        Real tau = setting.Printed.TimeStepOfProof;
        Iterate[] path = [.. new GaussNewtonSteps(setting.Problem, setting.Alpha, setting.Rho, tau).Take(steps)];
        // The proof: 1 - tau s(lambda_0^2), with the nu that (31) misses, twice as near to 1 as the statement for nu = mu = 2.
        Real factor = 1 - (tau * setting.Constants.Nu * Constants.Rate(setting.Constants.Lambda0.Square(), setting.Rho));
        return new Finding(
            $"{setting.Name}, η of the proof",
            bits,
            [.. setting.Hypotheses, Claims.LessOrEqual("the number of steps ≤ the number that are enclosed", steps, path.Length - 1)],
            [Claim.All(path.Skip(1).Select(point => Claims.LessOrEqual($"Δ_k ≤ Δ₀(1 - τν s(λ₀²))^k, k = {point.Step}", point.Objective, setting.Problem.InitialLoss * factor.Pow(point.Step))))]);
    }
}
