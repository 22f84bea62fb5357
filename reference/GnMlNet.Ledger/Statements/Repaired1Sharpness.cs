using GnMlNet.Ledger.Decisions;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the thresholds of 1R cannot be lowered.</summary>
internal sealed class Repaired1Sharpness() : Statement(new StatementText(
    "1R, sharpness",
    "For general f neither 1/2 nor 2/3 of the unit (L/λ₀²) sqrt(2Δ₀/ν), nor the bound on the displacement, can be lowered.",
    ["f(w) = 2λ₀w - Lw²/2 with one weight and one output, the loss |ψ - y|², Δ₀ = y²"],
    "below 1/2 the target is out of reach; between 1/2 and 2/3 the flow ends outside the ball r₀; above 1/2 it ends at the bound on the displacement",
    "λ₀ = 1/2, L = 1, y = 1: αf grows up to w = 1, and the flow runs to the first w with αf(w) = 1. Compared for α at 0.40, 0.45, 0.49 and 0.51 to 0.70 of the unit, in steps of 0.01.",
    VerdictKind.ProvedOnInstances,
    Anchor: "1r-the-flow-with-p--n"))
{
    private const int Bits = 128;

    private static readonly int[] OutOfReach = [40, 45, 49];

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        // The unit is (L/lambda_0^2) sqrt(2 Delta_0/nu) = 4.
        foreach (int share in OutOfReach)
        {
            yield return new Finding($"α at 0.{share} of the unit", Bits, [], [Claims.Less("the greatest value of αf, 2αλ₀²/L < y: no weights reach the target", Outputs(Alpha(share), 1), 1)]);
        }

        for (int share = 51; share <= 70; share++)
        {
            Real alpha = Alpha(share), bound = 1 - (1 - (2 / alpha)).Sqrt(), radius = ((Real)1).Shift(-1);
            var conclusions = new List<Claim>
            {
                Claims.Less("αf at 99% of the bound on the displacement < y: the flow goes further", Outputs(alpha, 99 * bound / 100), 1),
                Claims.Less("y < αf at 101% of the bound on the displacement: it goes no further", 1, Outputs(alpha, Real.Min(101 * bound / 100, 1))),
            };
            conclusions.Add(share < 67
                ? Claims.Less("αf at r₀ < y: the flow leaves the ball", Outputs(alpha, radius), 1)
                : Claims.Less("y < αf at r₀: the flow stays in the ball", 1, Outputs(alpha, radius)));
            yield return new Finding($"α at 0.{share} of the unit", Bits, [Claims.Less("1/2 of the unit < α", 2, alpha)], conclusions);
        }
    }

    private static Real Alpha(int share) => 4 * Real.Exact(share, Bits) / 100;

    // alpha (w - w^2/2).
    private static Real Outputs(Real alpha, Real w) => alpha * (w - w.Square().Shift(-1));
}
