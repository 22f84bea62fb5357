using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The tangent space.</summary>
internal sealed class Lemma6() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Lemma 6",
    "The tangent space of αf(B) at αf(w) is the image of J(w).",
    ["Assumption 2", "w in B"],
    "a chord of the manifold from f(w) is within (L/2)|z|² of the image of J(w)",
    "No finite computation decides tangent spaces. Checked: chords are that close to the image, so their limits lie in it; and by 3R chords do not vanish, so they fill it.",
    VerdictKind.NotDecidableByComputation,
    Number: "(17)"), StatementKind.ThroughConsequence)
{
    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(point =>
    {
        Real[] z = [.. RealVectors.Subtract(setting.Problem.InitialWeights, point.Weights).Select((value, a) => value.Shift(-10) + (a == 0 ? setting.Theory.Radius.Shift(-20) : 0))];
        Real[] chord = RealVectors.Subtract(setting.Problem.Outputs(RealVectors.Add(point.Weights, z)), setting.Problem.Outputs(point.Weights));
        Real[] outside = RealVectors.Subtract(chord, point.Linearization.Projected(chord));
        return Claims.LessOrEqual("|(I - P)(f(w + z) - f(w))| ≤ (L/2)|z|²", RealVectors.Norm(outside), setting.Constants.Modulus * RealVectors.SquaredNorm(z).Shift(-1));
    });
}
