using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Geodesic convexity of the sublevel set.</summary>
internal sealed class Lemma8() : CollectionStatement(new StatementText(
    "Lemma 8",
    "The part of the manifold of outputs where g is at most g(0) is geodesically convex.",
    ["Assumption 2", "both ends of the geodesic in the sublevel set"],
    "g(αf(w)) ≤ g(0) for every w on the geodesic between two points where it holds",
    "One weight, α = 1, r = 9/10: the only geodesic between two points of B passes through all weights between theirs. From w_init to the farthest of some weights on either side that are in the set, compared at those between.",
    VerdictKind.Refuted,
    ExpectedUndecided: 21))
{
    private const int Bits = 128;
    private const int Parts = 32;

    private protected override IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Underparameterized(instance);

    private protected override IEnumerable<Claim> Needs(InstanceData instance) => [Shapes.HasOneWeight(instance)];

    private protected override IEnumerable<Finding> Findings(InstanceData instance, Scope scope)
    {
        Constants constants = ConstantsOfInstance.At(instance, Bits);
        var curve = new ScalarCurve(constants.Problem);
        // 2 r lambda_0/L with r = 0.9.
        Real radius = (18 * constants.Lambda0 / (10 * constants.Modulus)).Least, level = constants.Problem.InitialLoss;
        int sides = 0;
        foreach (int sign in new[] { -1, 1 })
        {
            // Short of the border, so that all of them are in B; the last one is the farthest in the set.
            Real[] way = [.. Enumerable.Range(1, Parts).Select(k => (curve.Start + (sign * k * radius / (Parts + 1))).Middle)];
            int last = Array.FindLastIndex(way, w => Claims.LessOrEqual("", curve.Objective(w, 1), level).Verdict == Verdict.Proved);
            // Without one there is no geodesic on this side between points of the set.
            if (last < 1) continue;
            sides++;
            yield return new Finding(
                $"{instance.Name}, α = 1, r = 9/10, from w_init to {way[last]}",
                Bits,
                [
                    SharedHypotheses.Assumption2(constants),
                    Claims.Less("|w - w_init| < 2rλ₀/L at the far end", (way[last] - curve.Start).Abs(), radius),
                    Claims.LessOrEqual("g at the far end ≤ g(0), its value at w_init", curve.Objective(way[last], 1), level),
                ],
                [Claim.All(way[..last].Select(w => Claims.LessOrEqual($"g ≤ g(0) at w = {w}", curve.Objective(w, 1), level)))]);
        }

        if (sides == 0) yield return new Finding($"{instance.Name}, α = 1, r = 9/10", Bits, [], []) { Premises = [Claims.LessOrEqual("1 ≤ the number of sides with a compared weight in the set", 1, 0)] };
    }
}
