using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The hypotheses of Theorem 5 in the experiment of Section 5.</summary>
internal sealed class Section5Assumption3() : Statement(new StatementText(
    "Section 5, Assumption 3",
    "",
    "In the experiment on California Housing Assumptions 2 and 3 are satisfied.",
    ["256 rows, 18 units, α one of 1/8, 8, 16, 256", "any r in (0, 1)"],
    "some w in B has |J(w)ᵀ∇g(αf(w))| = 0, so the gradient at w_init ≤ the most that it can change within B",
    "A minimizer in the open set B is a stationary point. |Jᵀ∇g| at w_init is compared with LR|∇g| + (|J| + LR)μα(|J|R + LR²/2), which bounds its change over the greatest ball, R = 2λ₀/L: Assumption 3 fails for all four α. One subset of rows: the paper names no seed.",
    VerdictKind.Refuted,
    "which-printed-statements-hold",
    "5R"))
{
    private const int Bits = 256;

    private static readonly int[] Shifts = [-3, 3, 4, 8];

    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        Problem problem = InstanceData.Named("California256").At(Bits);
        var start = new Linearization(problem.Network, problem.InitialWeights);
        Real[] gradient = problem.Loss.Gradient(new Real[problem.Network.Rows]);
        Real stationarity = Vectors.Norm(start.Jacobian.TransposeTimes(gradient));
        // The greatest lambda_0 that Assumption 2 allows, from above, and a lower bound on L: B for r < 1 lies within this radius.
        Real lambda = Real.Parse("0.08", Bits), norm = Real.Parse("30", Bits);
        int small = SymmetricFactor.TryFactor(start.Gram, -(4 * lambda.Square()))?.NegativePivots ?? 0;
        bool isBelow = SymmetricFactor.TryFactor(start.Gram, -norm.Square()) is { } factor && factor.NegativePivots == problem.Network.Parameters;
        Real modulus = new FeatureMoments(problem.Network).JacobianModulusAbove(Bits), least = problem.Network.JacobianModulusBelow(Bits);
        Real radius = 2 * lambda / least;
        foreach (int shift in Shifts)
        {
            Real alpha = ((Real)1).Shift(shift);
            Real change = (modulus * radius * Vectors.Norm(gradient)) + ((norm + (modulus * radius)) * problem.Loss.Smoothness * alpha * ((norm * radius) + (modulus * radius.Square()).Shift(-1)));
            yield return new Finding(
                $"California256, α = {alpha}",
                Bits,
                [
                    Claims.LessOrEqual("1 ≤ the number of eigenvalues of JᵀJ below 4·0.08²: no λ₀ above 0.08 meets Assumption 2", 1, small),
                    Claims.LessOrEqual("p ≤ the number of eigenvalues of JᵀJ below 30²: |J| ≤ 30", problem.Network.Parameters, isBelow ? problem.Network.Parameters : 0),
                ],
                [Claims.LessOrEqual("|J₀ᵀ∇g(0)| ≤ the most that Jᵀ∇g(αf) changes over B", stationarity, change)]);
        }
    }
}
