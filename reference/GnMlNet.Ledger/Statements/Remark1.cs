using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Nullifying initialization.</summary>
internal sealed class Remark1() : SettingStatement<NetworkSetting>(new StatementText(
    "Remark 1",
    "The outputs f = φ - φ(w_init) vanish at w_init and have the derivative of φ.",
    ["none"],
    "|f(w_init)| ≤ 2⁻²⁰⁰, and |f(w + 2⁻⁶⁰ z) - f(w) - 2⁻⁶⁰ J z| ≤ (L/2) 2⁻¹²⁰ |z|²",
    "The definition at w_init; the derivative by a difference quotient with the second derivative as its error, at seeded points.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(NetworkSetting setting) => setting.Find(
        Claims.LessOrEqual("|f(w_init)| ≤ 2⁻²⁰⁰", RealVectors.Norm(setting.Problem.Outputs(setting.Problem.InitialWeights)), ((Real)1).Shift(-200)),
        Claim.All(setting.Points.Select(point =>
        {
            // z: the distance to the initial weights and a unit vector.
            Real[] z = [.. RealVectors.Subtract(point.Weights, setting.Problem.InitialWeights).Select((value, a) => a == 0 ? value + 1 : value)];
            Real[] moved = RealVectors.Add(point.Weights, [.. z.Select(value => value.Shift(-60))]);
            Real[] change = RealVectors.Subtract(setting.Problem.Outputs(moved), setting.Problem.Outputs(point.Weights)), linear = [.. point.Linearization.Jacobian.Times(z).Select(value => value.Shift(-60))];
            return Claims.LessOrEqual("|f(w + 2⁻⁶⁰ z) - f(w) - 2⁻⁶⁰ J z| ≤ (L/2) 2⁻¹²⁰ |z|²", RealVectors.Norm(RealVectors.Subtract(change, linear)), setting.Modulus * RealVectors.SquaredNorm(z).Shift(-121));
        })));
}
