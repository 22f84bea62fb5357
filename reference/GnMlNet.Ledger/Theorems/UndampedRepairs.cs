using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Theorems;

/// <summary>The constants of 5R, with any damping, and 6R, with Delta_0 replaced by g(0), which is at least as great.</summary>
/// <param name="constants">The constants of the problem.</param>
/// <param name="alpha">The scaling factor.</param>
/// <param name="r">r.</param>
internal sealed class UndampedRepairs(Constants constants, Real alpha, Real r)
{
    internal Constants Constants => constants;

    internal Real Alpha => alpha;

    internal Real R => r;

    private Real SquaredLambda => constants.Lambda0.Square();

    /// <summary>kappa = L/(4 alpha lambda_0^2 (1-r)^2).</summary>
    internal Real Kappa => constants.Modulus / (4 * alpha * SquaredLambda * (1 - r).Square());

    /// <summary>nu-hat = nu - kappa G_0; nu for p = n.</summary>
    internal Real RemainingConvexity => constants.Problem.Network.Parameters == constants.Problem.Network.Rows ? constants.Nu : constants.Nu - (Kappa * constants.GradientBound);

    /// <summary>An exact time step of at most 1/(2 mu).</summary>
    internal Real TimeStep => ScalingFactor.Below(1 / (2 * constants.Mu));

    /// <summary>2 r lambda_0/L.</summary>
    internal Real Radius => 2 * r * constants.Lambda0 / constants.Modulus;

    /// <summary>L sqrt(2 Delta_0/nu-hat)/(2 r (2-r) lambda_0^2), what 5R asks of alpha.</summary>
    internal Real ThresholdOf5R => Threshold(2 - r);

    /// <summary>The same with 1-r for 2-r: what 6R asks.</summary>
    internal Real ThresholdOf6R => Threshold(1 - r);

    /// <summary>sqrt(2 Delta_0/nu-hat)/(alpha lambda_0 (1-r)), how far 6R lets the steps go.</summary>
    internal Real DisplacementOf6R => (2 * constants.Problem.InitialLoss / RemainingConvexity).Sqrt() / (alpha * constants.Lambda0 * (1 - r));

    /// <summary>2 nu-hat s(4 (1-r)^2 lambda_0^2), the rate of 5R; 2 nu-hat without damping.</summary>
    internal Real Rate(Real rho) => 2 * RemainingConvexity * Constants.Rate(4 * (1 - r).Square() * SquaredLambda, rho);

    /// <summary>sqrt(2 Delta/nu-hat), how far outputs with a gap to the best value over B are from those of the minimizer.</summary>
    internal Real OutputDistance(Real gap) => (2 * gap / RemainingConvexity).Sqrt();

    /// <summary>How far weights in B can be apart whose outputs are at a distance: by 3R 1/(2 alpha lambda_0 (1-r)) times that.</summary>
    internal Real WeightDistance(Real outputDistance) => outputDistance / (2 * alpha * constants.Lambda0 * (1 - r));

    /// <summary>Both with r = 1/2 and an exact scaling factor that meets their hypotheses by a margin: with kappa G_0 at most nu/2.</summary>
    internal static UndampedRepairs WithSufficientAlpha(Constants constants) => WithSufficientAlpha(constants, quarters: 2, r => 1 - r);

    /// <summary>5R with r = 1/2 and an exact scaling factor closer to its threshold than 6R allows: nu-hat is at least 1/4 of nu.</summary>
    internal static UndampedRepairs WithSufficientAlphaFor5R(Constants constants) => WithSufficientAlpha(constants, quarters: 3, r => 2 - r);

    private static UndampedRepairs WithSufficientAlpha(Constants constants, int quarters, Func<Real, Real> factor)
    {
        // kappa G_0 is at most so many quarters of nu, hence 2/nu-hat at most 8/(4 - quarters) times 1/nu.
        Real r = ((Real)1).Shift(-1), square = constants.Lambda0.Square(), loss = constants.Problem.InitialLoss;
        Real first = constants.Modulus * (2 * constants.Mu * loss).Sqrt() / (quarters * constants.Nu * square * (1 - r).Square());
        Real second = constants.Modulus * (8 / (4 - quarters) * loss / constants.Nu).Sqrt() / (2 * r * factor(r) * square);
        return new UndampedRepairs(constants, ScalingFactor.Above(Real.Max(first, second)), r);
    }

    /// <summary>A point next to the minimizer over B: undamped steps from exact points to exact points next to their ends.</summary>
    /// <param name="weights">Where they start.</param>
    /// <param name="steps">How many.</param>
    /// <param name="bits">Of the points.</param>
    internal Iterate Polished(Real[] weights, int steps, int bits)
    {
        var iteration = new GaussNewtonSteps(constants.Problem, alpha, 0, TimeStep);
        Iterate? point = iteration.At(0, weights);
        for (int k = 0; k < steps && point is not null; k++) point = iteration.At(k + 1, RealVectors.Rounded(iteration.Next(point), bits));
        return point ?? throw new InvalidOperationException("A step is not enclosed.");
    }

    /// <summary>Contains the infimum over B of g(alpha f), from a point of B: docs/ledger-methods.md, "The best value over B".</summary>
    internal Real BestValue(Iterate iterate)
    {
        Real convexity = LocalConvexity(iterate);
        if (!convexity.IsPositive) return Real.Indeterminate;
        return Real.Between(iterate.Objective.Least - (iterate.SquaredGradient / (2 * convexity)), iterate.Objective.Greatest);
    }

    /// <summary>2 |P grad g|/b, at least the distance of the outputs of a point of B from those of anything in B that is no worse: docs/ledger-methods.md, "The best value over B".</summary>
    internal Real DistanceFromBest(Iterate iterate)
    {
        Real convexity = LocalConvexity(iterate);
        return convexity.IsPositive ? (2 * iterate.SquaredGradient.Abs().Greatest.Sqrt() / convexity).Greatest : Real.Indeterminate;
    }

    /// <summary>Assumption 2, r in (0, 1), and nu-hat &gt; 0.</summary>
    internal IEnumerable<Claim> Hypotheses()
    {
        yield return SharedHypotheses.LambdaIsPositive(constants);
        yield return SharedHypotheses.Assumption2(constants);
        yield return Claims.Less("0 < ν̂", 0, RemainingConvexity);
    }

    /// <summary>That the scaling factor is what 6R asks.</summary>
    /// <param name="name">What it is called.</param>
    internal Claim MeetsThresholdOf6R(string name = "α") => Claims.Less($"L sqrt(2g(0)/ν̂)/(2r(1-r)λ₀²) < {name}", ThresholdOf6R, alpha);

    // b = nu - kappa |(I - P) grad g|.
    private Real LocalConvexity(Iterate iterate)
    {
        Real normal = RealVectors.SquaredNorm(iterate.Gradient) - iterate.SquaredGradient;
        return constants.Nu - (Kappa * Real.Max(normal, 0).Greatest.Sqrt());
    }

    private Real Threshold(Real factor) => constants.Modulus * (2 * constants.Problem.InitialLoss / RemainingConvexity).Sqrt() / (2 * r * factor * SquaredLambda);
}
