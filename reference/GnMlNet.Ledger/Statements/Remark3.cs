using GnMlNet.Ledger.Decisions;

namespace GnMlNet.Ledger.Statements;

/// <summary>Immersions of convex sets.</summary>
internal sealed class Remark3() : Statement(new StatementText(
    "Remark 3",
    "An immersion restricted to a convex set is injective.",
    ["a smooth map with injective derivative", "a convex set"],
    "points at a distance have images at a distance",
    "Two curves in the plane that cross themselves: t → (t² - 1, t³ - t) on (-2, 2), in whole numbers, and t → (cos t, sin t) on (0, 7), longer than its period.",
    VerdictKind.Refuted,
    RepairedBy: "3R"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        // The squared length of (2t, 3t^2 - 1), in s = t^2 in [0, 4]: 9s^2 - 2s + 1.
        Real slowest = Extremum.Minimum(s => (9 * s.Square()) - (2 * s) + 1, s => (18 * s) - 2, 0, 4, ((Real)1).Shift(-20));
        Real Distance(Real s, Real t) => RealVectors.Norm([s.Square() - t.Square(), (s.Pow(3) - s) - (t.Pow(3) - t)]);
        yield return new Finding("t → (t² - 1, t³ - t) on (-2, 2)", 64, [Claims.Less("0 < |derivative|² on the whole interval", 0, slowest)], [Claims.Less("0 < the distance of the images of -1 and 1", 0, Distance(-1, 1))]);

        Real period = new(Ball.Pi(128) << 1, 128), start = ((Real)1).Shift(-2);
        yield return new Finding(
            "t → (cos t, sin t) on (0, 7)",
            128,
            [Claims.Less("0 < 1/4", 0, start), Claims.Less("1/4 + 2π < 7: two points with the same image, and the derivative has length 1", start + period, 7)],
            [Claims.Less("0 < the distance of their images, which is 0", 0, 0)]);
    }
}
