using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Injectivity on B.</summary>
internal sealed class Lemma5() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Lemma 5",
    "f is an immersion on B and injective.",
    ["Assumption 2"],
    "0 < |f(w) - f(w')| for w ≠ w' in B",
    "Injectivity on all of B follows from 3R; the printed proof does not give it. Checked at pairs of points.",
    VerdictKind.NotDecidableByComputation,
    RepairedBy: "3R"), StatementKind.ThroughConsequence)
{
    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.Find([.. Pairs(setting).Take(1).Select(_ => Claim.All(
        from pair in Pairs(setting)
        select Claims.Less("0 < |f(w) - f(w')|", 0, RealVectors.Norm(RealVectors.Subtract(setting.Problem.Outputs(pair.First), setting.Problem.Outputs(pair.Second))))))]);

    // Each point with the next one; a single one with w_init.
    private static IEnumerable<(Real[] First, Real[] Second)> Pairs(UnderparameterizedSetting setting)
    {
        Real[][] weights = [.. setting.Points.Select(point => point.Weights)];
        return weights.Length == 1 ? [(weights[0], setting.Problem.InitialWeights)] : weights.Zip(weights.Skip(1));
    }
}
