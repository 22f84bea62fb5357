using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The Riemannian gradient flow.</summary>
internal sealed class Theorem4() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Theorem 4",
    "P projects onto the tangent space, so the undamped flow of the outputs is the Riemannian gradient flow.",
    ["Assumption 2", "w in B"],
    "|z - Pz| ≤ |z - Ju| for tangent vectors Ju, with Jᵀ(z - Pz) = 0 up to 2⁻⁶⁰",
    "For z = ∇g at seeded points and points of trajectories, and tangent vectors near and far from Pz. The flow in the text lacks the minus sign of a gradient flow.",
    VerdictKind.ProvedOnInstances,
    Number: "(18)"))
{
    // In so many coordinates the tangent vectors differ from the projection.
    private const int MostCoordinates = 16;

    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(
        point => Claims.LessOrEqual("|Jᵀ(∇g - P∇g)| ≤ 2⁻⁶⁰|∇g|", RealVectors.Norm(point.Linearization.Jacobian.TransposeTimes(Normal(point))), RealVectors.Norm(point.Gradient).Shift(-60)),
        point =>
        {
            Real distance = RealVectors.Norm(Normal(point));
            return Claim.All(Enumerable.Range(0, Math.Min(point.Direction.Length, MostCoordinates)).Select(a =>
            {
                // u: the coordinates of the projection, one of them a quarter off.
                Real[] u = [.. point.Direction.Select((value, b) => a == b ? value * 5 * ((Real)1).Shift(-2) : value)];
                return Claims.LessOrEqual("|∇g - P∇g| ≤ |∇g - Ju|", distance, RealVectors.Norm(RealVectors.Subtract(point.Gradient, point.Linearization.Jacobian.Times(u))));
            }));
        });

    private static Real[] Normal(Iterate point) => RealVectors.Subtract(point.Gradient, point.Linearization.Projected(point.Gradient));
}
