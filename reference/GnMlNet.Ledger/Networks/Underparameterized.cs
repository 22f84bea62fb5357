using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Trajectories;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Networks;

/// <summary>The constants of 5R and 6R, with Delta_0 replaced by g(0), which is at least as great.</summary>
/// <param name="constants">The constants of the problem.</param>
/// <param name="alpha">The scaling factor.</param>
/// <param name="r">r.</param>
internal sealed class Underparameterized(Constants constants, Real alpha, Real r)
{
    internal Constants Constants => constants;

    internal Real Alpha => alpha;

    internal Real R => r;

    private Real SquaredLambda => constants.Lambda0.Square();

    /// <summary>kappa = L/(4 alpha lambda_0^2 (1-r)^2).</summary>
    internal Real Kappa => constants.Modulus / (4 * alpha * SquaredLambda * (1 - r).Square());

    /// <summary>G_0 = sqrt(2 mu g(0)).</summary>
    internal Real GradientBound => (2 * constants.Mu * constants.Problem.InitialLoss).Sqrt();

    /// <summary>nu-hat = nu - kappa G_0; nu for p = n.</summary>
    internal Real RemainingConvexity => constants.Problem.Network.Parameters == constants.Problem.Network.Rows ? constants.Nu : constants.Nu - (Kappa * GradientBound);

    /// <summary>2 r lambda_0/L.</summary>
    internal Real Radius => 2 * r * constants.Lambda0 / constants.Modulus;

    /// <summary>L sqrt(2 Delta_0/nu-hat)/(2 r (2-r) lambda_0^2), what 5R asks of alpha.</summary>
    internal Real ThresholdOf5R => Threshold(2 - r);

    /// <summary>The same with 1-r for 2-r: what 6R asks.</summary>
    internal Real ThresholdOf6R => Threshold(1 - r);

    /// <summary>sqrt(2 Delta_0/nu-hat)/(alpha lambda_0 (1-r)), how far 6R lets the steps go.</summary>
    internal Real DisplacementOf6R => (2 * constants.Problem.InitialLoss / RemainingConvexity).Sqrt() / (alpha * constants.Lambda0 * (1 - r));

    /// <summary>An exact scaling factor that meets the hypotheses of both by a margin: with kappa G_0 at most nu/2.</summary>
    internal static Real SufficientAlpha(Constants constants, Real r)
    {
        Real square = constants.Lambda0.Square(), level = constants.Problem.InitialLoss;
        Real first = constants.Modulus * (2 * constants.Mu * level).Sqrt() / (2 * constants.Nu * square * (1 - r).Square());
        Real second = constants.Modulus * (4 * level / constants.Nu).Sqrt() / (2 * r * (1 - r) * square);
        return ScalingFactor.Above(Real.Max(first, second));
    }

    /// <summary>
    /// Contains the infimum over B of g(alpha f): at most the objective at a point of B, and at least that minus |P grad g|^2/(2 (nu - kappa |(I-P) grad g|)), by strong
    /// convexity and 3R.
    /// </summary>
    internal Real BestValue(Iterate iterate)
    {
        Real tangential = iterate.SquaredGradient, normal = Vectors.SquaredNorm(iterate.Gradient) - tangential;
        Real normalNorm = Real.Max(normal, 0).Greatest.Sqrt();
        Real convexity = constants.Nu - (Kappa * normalNorm);
        if (!convexity.IsPositive) return Real.Indeterminate;
        return Real.Between(iterate.Objective.Least - (tangential / (2 * convexity)), iterate.Objective.Greatest);
    }

    /// <summary>Assumption 2, r in (0, 1), and nu-hat &gt; 0.</summary>
    internal IEnumerable<Claim> Hypotheses()
    {
        yield return Claims.Less("0 < λ₀", 0, constants.Lambda0);
        yield return Claims.LessOrEqual("4λ₀² ≤ λ_min(JᵀJ(w_init)) (Assumption 2)", 4 * SquaredLambda, constants.SmallestEigenvalue);
        yield return Claims.Less("0 < ν̂", 0, RemainingConvexity);
    }

    private Real Threshold(Real factor) => constants.Modulus * (2 * constants.Problem.InitialLoss / RemainingConvexity).Sqrt() / (2 * r * factor * SquaredLambda);
}
