using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Minimizers;

/// <summary>
/// The theorem of Newton and Kantorovich at a point: with beta = 1/lambda_min(H), eta = |H^-1 g| and the modulus K of the Hessian over a ball, h = beta K eta &lt; 1/2 proves a minimum within
/// (1 - sqrt(1 - 2h))/(beta K) and no other stationary point within (1 + sqrt(1 - 2h))/(beta K), as far as the ball reaches.
/// </summary>
/// <remarks>docs/certify.md has the theorem and how each figure is computed.</remarks>
public static class NewtonKantorovich
{
    private const int Bits = 192, ModulusBits = 64, Working = 128;

    // The first ball has the radius 2^-this; the next ones what the ball before made of it.
    private const int FirstRadius = 7, Rounds = 3;

    /// <summary>Certifies weights, or says what stands against it.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="weights">theta.</param>
    public static MinimizerCertificate Certify(TrainingObjective objective, WeightsInUnits weights)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(weights);
        ParameterBall theta = weights.Ball;
        ObjectivePoint at = objective.At(theta, Bits);
        HessianEnclosure hessian = objective.HessianAt(at.Point);
        Ball gradient = Norm(at);
        MinimizerCertificate nothing = new(
            MinimizerVerdict.Undecided, at.Objective, at.Squares, gradient, (null, null), Magnitude.Infinity, Magnitude.Infinity, Magnitude.Zero, Magnitude.Infinity, Magnitude.Infinity, Dyadic.Zero,
            Magnitude.Infinity, Dyadic.Zero, [], Ball.Indeterminate, Dyadic.Zero);

        var system = new DenseSystem(hessian.Matrix, hessian.Error, [.. at.Point.Gradient.Select(entry => -entry)], at.Point.GradientErrors, atLeast: Dyadic.Zero);
        bool isSurelyPositive = DoubleCholesky.LowerBound(hessian.Matrix) is { } lower && lower > hessian.Error.ToDyadic();
        if (!isSurelyPositive && NegativeCurvature.Find(hessian) is { } direction) return Against(objective, theta, nothing, direction);

        SolutionEnclosure solution = SolutionEnclosure.Of(system);
        if (solution.SmallestEigenvalue is not { } smallest)
        {
            SpectrumBound bound = SmallestEigenvalue.BoundAt(hessian.Matrix.ToBall(), Working);
            Dyadic missing = hessian.Error.ToDyadic();
            return nothing with { SmallestEigenvalue = (bound.Lower - missing, bound.Upper + missing) };
        }

        MinimizerCertificate definite = nothing with { SmallestEigenvalue = (smallest, null), NewtonStep = Norms.Euclidean(solution.Approximation) + solution.Distance };
        return solution.Distance.IsFinite ? Convergence(objective, theta, at, solution, definite) : definite;
    }

    private static MinimizerCertificate Convergence(TrainingObjective objective, ParameterBall theta, ObjectivePoint at, SolutionEnclosure solution, MinimizerCertificate figures)
    {
        MinimizerCertificate? best = null;
        Magnitude radius = Magnitude.Max(Magnitude.PowerOfTwo(-FirstRadius), Magnitude.Min(figures.NewtonStep << 2, Magnitude.One));
        for (int round = 0; round < Rounds; round++)
        {
            MinimizerCertificate found = Within(radius, objective, theta, at, solution, figures);
            if (best is null || IsBetter(found, best)) best = found;
            // A smaller ball has a smaller modulus, and so a longer reach: some more than the reach in the ball before.
            Magnitude reach = found.Verdict == MinimizerVerdict.Certified ? Magnitude.Of(found.Uniqueness) : Magnitude.Of(found.GreatestStep);
            Magnitude next = Magnitude.Max(reach << 2, figures.NewtonStep << 2);
            if (next >= radius) break;
            radius = next;
        }

        return best!;
    }

    private static bool IsBetter(MinimizerCertificate a, MinimizerCertificate b) =>
        a.Verdict == MinimizerVerdict.Certified ? b.Verdict != MinimizerVerdict.Certified || a.Uniqueness > b.Uniqueness : b.Verdict != MinimizerVerdict.Certified && a.Modulus < b.Modulus;

    /// <summary>The theorem with the modulus over a ball of this radius.</summary>
    private static MinimizerCertificate Within(Magnitude radius, TrainingObjective objective, ParameterBall theta, ObjectivePoint at, SolutionEnclosure solution, MinimizerCertificate figures)
    {
        Magnitude modulus = Modulus(objective, theta, radius);
        Dyadic smallest = figures.SmallestEigenvalue.Lower!.Value, step = figures.NewtonStep.ToDyadic();
        Ball ratio = Ball.Divide(Ball.Exact(modulus.ToDyadic()), Ball.Exact(smallest), Working), h = Ball.Multiply(ratio, Ball.Exact(step), Working);
        figures = figures with { Modulus = modulus, Radius = radius, Criterion = h.AbsUpper() };
        if (Ball.Less(h, Ball.Exact(Dyadic.One << -1)) != Verdict.Proved) return figures with { Verdict = MinimizerVerdict.NotConverged };

        // With these numbers as beta, eta and K, which the theorem allows since each is a bound.
        Ball root = Ball.Sqrt(Ball.Subtract(Ball.One, h << 1, Working), Working), one = Ball.Add(Ball.One, root, Working);
        // (1 - root)/(beta K) = 2 eta/(1 + root), without the cancellation.
        Ball near = Ball.Divide(Ball.Exact(step << 1), one, Working), far = Ball.Divide(one, ratio, Working);
        Magnitude existence = near.AbsUpper();
        if (existence > radius || modulus.IsZero) return figures with { Verdict = MinimizerVerdict.NotConverged };
        Dyadic uniqueness = far.AbsLower() < radius.ToDyadic() ? far.AbsLower() : radius.ToDyadic();
        return figures with
        {
            Verdict = MinimizerVerdict.Certified,
            Existence = existence,
            Uniqueness = uniqueness,
            ObjectiveGap = Decrement(at, solution) + (modulus * existence * existence * existence / Magnitude.Of(3.0)),
            // lambda_min(H) at the minimum is at least lambda_min - K t = lambda_min root.
            SmallestEigenvalueAtMinimum = Ball.Multiply(Ball.Exact(smallest), root, Working).AbsLower(),
        };
    }

    /// <summary>At least g^T H^-1 g = -g^T s, the fall of E in the quadratic model.</summary>
    private static Magnitude Decrement(ObjectivePoint at, SolutionEnclosure solution)
    {
        Dyadic product = at.Point.Gradient.Zip(solution.Approximation, (g, s) => g * s).Aggregate(Dyadic.Zero, (sum, term) => sum + term);
        return Magnitude.Of(product) + (at.GradientNorm * solution.Distance) + (Norms.Euclidean(at.Point.GradientErrors) * Norms.Euclidean(solution.Approximation));
    }

    /// <summary>A minimum needs a positive semidefinite Hessian, and the curvature along a direction changes by at most K times the distance.</summary>
    private static MinimizerCertificate Against(TrainingObjective objective, ParameterBall theta, MinimizerCertificate figures, (double[] Vector, Ball Curvature) direction)
    {
        Dyadic depth = -direction.Curvature.Upper, within = Dyadic.Zero;
        Magnitude radius = Magnitude.PowerOfTwo(-FirstRadius), modulus = Magnitude.Infinity;
        for (int round = 0; round < Rounds; round++)
        {
            Magnitude found = Modulus(objective, theta, radius);
            Dyadic reach = found.IsZero ? radius.ToDyadic() : DyadicQuotient.Down(depth, found.ToDyadic());
            if (reach > radius.ToDyadic()) reach = radius.ToDyadic();
            if (reach > within) (within, modulus) = (reach, found);
            Magnitude next = Magnitude.Of(reach) << 2;
            if (next >= radius) break;
            radius = next;
        }

        return figures with
        {
            Verdict = MinimizerVerdict.NegativeCurvature,
            SmallestEigenvalue = (null, direction.Curvature.Upper),
            Modulus = modulus,
            Radius = radius,
            Direction = direction.Vector,
            Curvature = direction.Curvature,
            NoMinimumWithin = within,
        };
    }

    private static Magnitude Modulus(TrainingObjective objective, ParameterBall theta, Magnitude radius) =>
        HessianModulus.Over(objective.At(theta with { Radius = theta.Radius + radius }, ModulusBits).Point, objective.Weights);

    private static Ball Norm(ObjectivePoint at)
    {
        Ball norm = Ball.Sqrt(Ball.Exact(at.Point.Gradient.Aggregate(Dyadic.Zero, (sum, entry) => sum + (entry * entry))), Working);
        return new Ball(norm.Midpoint, norm.Radius + Norms.Euclidean(at.Point.GradientErrors));
    }
}
