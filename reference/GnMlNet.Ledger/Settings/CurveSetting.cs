using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Problems;

namespace GnMlNet.Ledger.Settings;

/// <summary>
/// Instance Curve with the scaling factor of Theorem 5, which is a fixed point: alpha = (L mu/(r (1-r) lambda_0^2)) sqrt(Delta_0)/(2 sqrt(2 nu^3)) with Delta_0 = g(0) - inf over
/// B of g(alpha f), and B depends on L, r and lambda_0. With nu = mu = 2 and r = 1/2 it is (L/lambda_0^2) sqrt(Delta_0).
/// </summary>
/// <remarks>docs/ledger-methods.md, "Extrema and integrals", Theorem 5 with one weight.</remarks>
internal sealed class CurveSetting : Setting, ISettings<CurveSetting>
{
    private const int InstanceBits = 192;

    private static readonly Lazy<CurveSetting> ExactModulus = new(() => new CurveSetting(usesExactModulus: true));
    private static readonly Lazy<CurveSetting> ClosedBound = new(() => new CurveSetting(usesExactModulus: false));

    // Half the width of the enclosure of the minimizer; the derivative at its ends is far above the tolerance, and that above the width of alpha.
    private readonly Real _margin = ((Real)1).Shift(-44);
    private readonly Lazy<IReadOnlyList<Claim>> _hypotheses;

    private CurveSetting(bool usesExactModulus)
    {
        Problem problem = InstanceData.Named("Curve").At(InstanceBits);
        Curve = new ScalarCurve(problem);
        Name = usesExactModulus ? "Curve, L = sup |f''|" : "Curve, L = the closed bound";
        Real square = RealVectors.SquaredNorm(Curve.Tangent(Curve.Start));
        Lambda0 = Real.Exact(square.Sqrt().Shift(-1).Ball.Lower.Truncate(150), InstanceBits);
        Modulus = usesExactModulus ? GreatestBend() : problem.Network.JacobianModulusAbove(InstanceBits);
        Radius = (Lambda0 / Modulus).Least;

        // Bisection on midpoints; only the two ends that come out of it are certified.
        Real low = Real.Parse("0.3", InstanceBits).Middle, high = Real.Parse("0.45", InstanceBits).Middle;
        for (int k = 0; k < 56; k++)
        {
            Real middle = (low + high).Shift(-1).Middle;
            if (Excess(middle, Bracket(middle)).Middle.IsPositive) low = middle;
            else high = middle;
        }

        Real margin = ((Real)1).Shift(-50);
        (low, high) = ((low - margin).Middle, (high + margin).Middle);
        Alpha = Real.Between(low, high);
        // One enclosure of the minimizer for every alpha: the signs of the derivative beside it are among the hypotheses.
        Minimizer = Bracket(Alpha);
        LeastObjective = Least(Alpha, Minimizer);
        Claim left = Claims.Less("α < (L μ/(r(1-r)λ₀²)) sqrt(Δ₀)/(2 sqrt(2ν³)) at the lower end of α", low, low + Excess(low, Minimizer));
        Claim right = Claims.Less("and the other way round at the upper end: a fixed point lies between", high + Excess(high, Minimizer), high);
        _hypotheses = new(() => HypothesesWith(left, right));
    }

    internal override string Name { get; }

    internal override int Bits => InstanceBits;

    internal override IEnumerable<Claim> Hypotheses => _hypotheses.Value;

    private static Real Tolerance => ((Real)1).Shift(-46);

    internal ScalarCurve Curve { get; }

    /// <summary>Contains a fixed point.</summary>
    internal Real Alpha { get; }

    internal Real Lambda0 { get; }

    internal Real Modulus { get; }

    /// <summary>At most the radius of B, 2 r lambda_0/L = lambda_0/L.</summary>
    internal Real Radius { get; }

    /// <summary>Contains w*, and every stationary point of the objective in B, for every alpha.</summary>
    internal Real Minimizer { get; }

    /// <summary>The best value over B.</summary>
    internal Real LeastObjective { get; }

    /// <summary>The two choices of L.</summary>
    public static IEnumerable<CurveSetting> All(Scope scope) => [ExactModulus.Value, ClosedBound.Value];

    /// <summary>Delta = g(alpha f(w)) - min over B, for w in B.</summary>
    internal Real Gap(Real w) => Curve.Objective(w, Alpha) - LeastObjective;

    /// <summary>The time in which the flow comes from w_init to w, between w* and w_init.</summary>
    internal Real TimeTo(Real w, int pieces)
    {
        Real Pace(Real v) => Alpha * RealVectors.SquaredNorm(Curve.Tangent(v)) / Curve.Slope(v, Alpha);
        Real start = Curve.Start;
        // w_init is a decimal number, known to the precision: what its ball leaves out comes on top.
        return Quadrature.Integral(Pace, w, start.Least, pieces, Minimizer.Middle) + ((start - start.Least) * Pace(start));
    }

    /// <summary>The length of the curve of outputs between two weights.</summary>
    internal Real Length(Real low, Real high, int pieces) => Quadrature.Integral(v => Curve.Speed(v, Alpha), low, high, pieces);

    // Those of Theorem 5, for a fixed point within alpha.
    private IReadOnlyList<Claim> HypothesesWith(Claim left, Claim right) =>
    [
        Claims.LessOrEqual("4λ₀² ≤ J(w_init)ᵀJ(w_init) (Assumption 2)", 4 * Lambda0.Square(), RealVectors.SquaredNorm(Curve.Tangent(Curve.Start))),
        left,
        right,
        Claims.Less("|w* - w_init| < 2rλ₀/L: the one stationary point in B is in its interior (Assumption 3)", (Minimizer - Curve.Start).Abs(), Radius),
        Claims.Less("0 < the derivative of the objective right of w*, up to the border of B", 0, SlopeBeyond(Minimizer)),
        Claims.Less("0 < minus the derivative from w* - 2⁻⁵ up to w*", 0, -SlopeBefore(Minimizer)),
        Claims.Less("the best value < the objective from the border of B up to w* - 2⁻⁵: w* is the minimizer over B", LeastObjective, LeastFarLeft(Minimizer)),
    ];

    // (L/lambda_0^2) sqrt(Delta_0) - alpha.
    private Real Excess(Real alpha, Real minimizer) => (Modulus / Lambda0.Square() * (Curve.Problem.InitialLoss - Least(alpha, minimizer)).Sqrt()) - alpha;

    // Around the stationary point, found by bisection on the sign of the derivative; wide enough for every alpha of a narrow ball.
    private Real Bracket(Real alpha)
    {
        Real low = (Curve.Start - Radius).Middle, high = Curve.Start.Middle;
        for (int k = 0; k < 60; k++)
        {
            Real middle = (low + high).Shift(-1).Middle;
            if (Curve.Slope(middle, alpha.Middle).Middle.IsPositive) high = middle;
            else low = middle;
        }

        return Real.Between((low - _margin).Middle, (high + _margin).Middle);
    }

    // The least value on the bracket: at most its width times the greatest slope from the value in the middle.
    private Real Least(Real alpha, Real minimizer)
    {
        Real steepest = alpha * Curve.Slope(minimizer, alpha).Abs(), width = minimizer.Greatest - minimizer.Least;
        return Curve.Objective(minimizer.Middle, alpha).Widen(steepest * width);
    }

    // The least derivative on the part of B right of the minimizer, for every alpha: positive, so nothing there is as low as its left end.
    private Real SlopeBeyond(Real minimizer) => Extremum.Minimum(
        w => Curve.Slope(w, Alpha), w => Curve.SlopeOfSlope(w, Alpha), minimizer.Greatest, (Curve.Start + (Lambda0 / Modulus)).Greatest, Tolerance);

    private Real SlopeBefore(Real minimizer) => Extremum.Maximum(
        w => Curve.Slope(w, Alpha), w => Curve.SlopeOfSlope(w, Alpha), NearLeft(minimizer), minimizer.Least, Tolerance);

    private Real LeastFarLeft(Real minimizer) => Extremum.Minimum(
        w => Curve.Objective(w, Alpha), w => Alpha * Curve.Slope(w, Alpha), (Curve.Start - (Lambda0 / Modulus)).Least, NearLeft(minimizer), ((Real)1).Shift(-20));

    private static Real NearLeft(Real minimizer) => (minimizer.Middle - ((Real)1).Shift(-5)).Middle;

    // sup |f''|: even in w, and beyond 32 each |tanh''(x w)| is at most 8 e^(-2|x w|), below 2^-70, far below what the interval has.
    private Real GreatestBend()
    {
        Real square = Extremum.Maximum(Curve.SquaredBend, Curve.SlopeOfSquaredBend, 0, 32, ((Real)1).Shift(-68));
        return square.Sqrt();
    }
}
