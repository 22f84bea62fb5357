using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Settings;

/// <summary>
/// A problem with one weight and the scaling factor of Theorem 5, which is a fixed point: alpha = (L mu/(r (1-r) lambda_0^2)) sqrt(Delta_0)/(2 sqrt(2 nu^3)) with
/// Delta_0 = g(0) - inf over B of g(alpha f), and B depends on L, r and lambda_0.
/// </summary>
/// <remarks>docs/ledger-methods.md, "Extrema and integrals", Theorem 5 with one weight.</remarks>
internal sealed class CurveSetting : Setting, ISettings<CurveSetting>
{
    private const int InstanceBits = 192;

    // alpha is enclosed to so many bits; 2^-44 of the radius is half the width of enclosures of stationary points.
    private const int AlphaOrders = 50;
    private const int MarginOrders = 44;
    private const int Halvings = 60;

    private readonly Real _factor, _margin;
    private readonly Claim[] _fixedPoint;
    private readonly Lazy<IReadOnlyList<Claim>> _premises;
    private readonly Lazy<CurveFlow> _flow;

    private CurveSetting(InstanceData instance, bool usesExactModulus, Real r, string nameOfR)
    {
        Problem problem = instance.At(InstanceBits);
        Curve = new ScalarCurve(problem);
        Name = $"{instance.Name}, L = {(usesExactModulus ? "sup |f''|" : "the closed bound")}, r = {nameOfR}";
        Real square = RealVectors.SquaredNorm(Curve.Tangent(Curve.Start));
        R = r;
        Lambda0 = Real.Exact(square.Sqrt().Shift(-1).Ball.Lower.Truncate(150), InstanceBits);
        Modulus = usesExactModulus ? Curve.GreatestBend() : problem.Network.JacobianModulusAbove(InstanceBits);
        Radius = 2 * r * Lambda0 / Modulus;
        _margin = Radius.Greatest.Shift(-MarginOrders);
        Real nu = problem.Loss.StrongConvexity;
        _factor = Modulus * problem.Loss.Smoothness / (r * (1 - r) * Lambda0.Square() * 2 * (2 * nu.Pow(3)).Sqrt());

        // Bisection on midpoints; only the two ends that come out of it are certified.
        Real low = 0, high = (_factor * problem.InitialLoss.Sqrt()).Middle;
        for (int k = 0; k < Halvings; k++)
        {
            Real middle = (low + high).Shift(-1).Middle;
            if (Excess(middle, Propose(middle)).Middle.IsPositive) low = middle;
            else high = middle;
        }

        Real margin = high.Shift(-AlphaOrders);
        (low, high) = ((low - margin).Middle, (high + margin).Middle);
        Alpha = Real.Between(low, high);
        // One enclosure of the minimizer for every alpha: the signs of the derivative beside it are among the premises.
        Minimizer = Propose(Alpha);
        IsInterior = (Minimizer - Left).IsPositive && (Right - Minimizer).IsPositive;
        LeastObjective = Least(Alpha, Minimizer);
        _fixedPoint =
        [
            Claims.Less("α < (L μ/(r(1-r)λ₀²)) sqrt(Δ₀)/(2 sqrt(2ν³)) at the lower end of α", low, low + Excess(low, Minimizer)),
            Claims.Less("and the other way round at the upper end: a fixed point lies between", high + Excess(high, Minimizer), high),
        ];
        _premises = new(() => [.. new MinimizerOfCurve(this).Claims]);
        _flow = new(() => new CurveFlow(this));
    }

    internal override string Name { get; }

    internal override int Bits => InstanceBits;

    // Those of Theorem 5, for a fixed point within alpha.
    internal override IEnumerable<Claim> Hypotheses =>
    [
        Claims.LessOrEqual("4λ₀² ≤ J(w_init)ᵀJ(w_init) (Assumption 2)", 4 * Lambda0.Square(), RealVectors.SquaredNorm(Curve.Tangent(Curve.Start))),
        .. _fixedPoint,
    ];

    internal override IEnumerable<Claim> Premises => _premises.Value;

    internal ScalarCurve Curve { get; }

    /// <summary>r.</summary>
    internal Real R { get; }

    /// <summary>Contains a fixed point.</summary>
    internal Real Alpha { get; }

    internal Real Lambda0 { get; }

    internal Real Modulus { get; }

    /// <summary>That of B, 2 r lambda_0/L.</summary>
    internal Real Radius { get; }

    /// <summary>At most every weight of B.</summary>
    internal Real Left => (Curve.Start - Radius).Least;

    /// <summary>At least every weight of B.</summary>
    internal Real Right => (Curve.Start + Radius).Greatest;

    /// <summary>Contains w*, the minimizer over the closed B, for every alpha.</summary>
    internal Real Minimizer { get; }

    /// <summary>Whether the minimizer is proposed in the interior of B.</summary>
    internal bool IsInterior { get; }

    /// <summary>The best value over B.</summary>
    internal Real LeastObjective { get; }

    /// <summary>Where the flow goes.</summary>
    internal CurveFlow Flow => _flow.Value;

    /// <summary>Half the width of enclosures of stationary points.</summary>
    internal Real Margin => _margin;

    public static IEnumerable<Claim> Asks(InstanceData instance) => Shapes.Underparameterized(instance);

    public static IEnumerable<Claim> Needs(InstanceData instance) => [Shapes.HasOneWeight(instance)];

    /// <summary>The two choices of L, and two of r.</summary>
    public static IEnumerable<CurveSetting> Of(InstanceData instance, Scope scope)
    {
        Real half = ((Real)1).Shift(-1), great = Real.Parse("0.8", InstanceBits);
        yield return new CurveSetting(instance, usesExactModulus: true, half, "1/2");
        yield return new CurveSetting(instance, usesExactModulus: false, half, "1/2");
        yield return new CurveSetting(instance, usesExactModulus: true, great, "4/5");
    }

    /// <summary>Those of an instance by its name.</summary>
    internal static IReadOnlyList<CurveSetting> Named(string name) => SettingsOfInstance<CurveSetting>.All(InstanceData.Named(name), Scope.Quick);

    /// <summary>Delta = g(alpha f(w)) - min over B, for w in B.</summary>
    internal Real Gap(Real w) => Curve.Objective(w, Alpha) - LeastObjective;

    /// <summary>The length of the curve of outputs between two exact weights, in either order.</summary>
    internal Real Length(Real from, Real to, int pieces)
    {
        (Real low, Real high) = (to - from).IsPositive ? (from, to) : (to, from);
        return Quadrature.Integral(v => Curve.Speed(v, Alpha), low, high, pieces);
    }

    /// <summary>Contains the geodesic distance of a weight from the minimizer.</summary>
    internal Real DistanceFromMinimizer(Real w, int pieces)
    {
        Real one = Length(Minimizer.Least, w.Middle, pieces), other = Length(Minimizer.Greatest, w.Middle, pieces);
        // A weight that is known to the precision only is this much off.
        return Real.Between(one, other).Widen((w - w.Middle).Abs().Greatest * Curve.Speed(w, Alpha));
    }

    /// <summary>A stationary point between two weights with derivatives of different signs, by bisection, and the margin on both sides.</summary>
    /// <param name="negative">Where the derivative is negative.</param>
    /// <param name="positive">Where it is positive.</param>
    /// <param name="alpha">The scaling factor; its middle is taken.</param>
    internal Real Stationary(Real negative, Real positive, Real alpha)
    {
        for (int k = 0; k < Halvings; k++)
        {
            Real middle = (negative + positive).Shift(-1).Middle;
            if (Curve.Slope(middle, alpha.Middle).Middle.IsPositive) positive = middle;
            else negative = middle;
        }

        Real point = negative.Middle;
        return Real.Between((point - _margin).Middle, (point + _margin).Middle);
    }

    // factor sqrt(Delta_0) - alpha.
    private Real Excess(Real alpha, Real minimizer) => (_factor * (Curve.Problem.InitialLoss - Least(alpha, minimizer)).Sqrt()) - alpha;

    // Around the minimizer over B: the best of many weights, and the stationary point next to it, or an end of B.
    private Real Propose(Real alpha)
    {
        const int parts = 64;
        Real middle = alpha.Middle, left = Left, width = Right - left;
        Real[] grid = [.. Enumerable.Range(0, parts + 1).Select(k => (left + (width * k / parts)).Middle)];
        int best = Enumerable.Range(0, grid.Length).MinBy(k => Curve.Objective(grid[k], middle).Ball.Midpoint);
        bool IsRising(int k) => Curve.Slope(grid[k], middle).Middle.IsPositive;
        if (best == 0 && IsRising(0)) return Real.Between(Left, (Curve.Start - Radius).Greatest);
        if (best == parts && !IsRising(parts)) return Real.Between((Curve.Start + Radius).Least, Right);
        return IsRising(best) ? Stationary(grid[best - 1], grid[best], alpha) : Stationary(grid[best], grid[best + 1], alpha);
    }

    // The least value on the bracket: at most its width times the greatest slope from the value in the middle.
    private Real Least(Real alpha, Real minimizer)
    {
        Real steepest = alpha * Curve.Slope(minimizer, alpha).Abs(), width = minimizer.Greatest - minimizer.Least;
        return Curve.Objective(minimizer.Middle, alpha).Widen(steepest * width);
    }
}
