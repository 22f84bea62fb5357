using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Geodesic convexity of the sublevel set.</summary>
internal sealed class Lemma8() : Statement(new StatementText(
    "Lemma 8",
    "The part of the manifold of outputs where g is at most g(0) is geodesically convex.",
    ["Assumption 2", "both ends of the geodesic in the sublevel set"],
    "g(αf(w)) ≤ g(0) for every w on the geodesic between two points where it holds",
    "One weight: the only geodesic between two points of B passes through all weights between theirs. Three of them.",
    VerdictKind.Refuted))
{
    private const int Bits = 128;

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        Problem problem = InstanceData.Named("Fold").At(Bits);
        var curve = new ScalarCurve(problem);
        Real level = problem.InitialLoss, middle = Real.Parse("-0.875", Bits), end = Real.Parse("-1.3", Bits);
        Constants constants = new(problem);
        // 2 r lambda_0/L with r = 0.9.
        Real radius = 18 * constants.Lambda0 / (10 * constants.Modulus);
        yield return new Finding(
            "Fold, α = 1, r = 0.9",
            Bits,
            [
                Claims.LessOrEqual("4λ₀² ≤ J(w_init)ᵀJ(w_init) (Assumption 2)", 4 * constants.Lambda0.Square(), constants.SmallestEigenvalue),
                Claims.Less("|-1.3 - w_init| < 2rλ₀/L", (end - curve.Start).Abs(), radius),
                Claims.LessOrEqual("g at w = -1.3 ≤ g(0), its value at w_init = -0.4", curve.Objective(end, 1), level),
            ],
            [Claims.LessOrEqual("g at w = -0.875 ≤ g(0)", curve.Objective(middle, 1), level)]);
    }
}
