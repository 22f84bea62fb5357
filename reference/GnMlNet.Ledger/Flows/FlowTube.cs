using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Flows;

/// <summary>
/// What holds for all weights within a distance of a point: bounds on the singular values of J, and on the flow's linearization in the metric N of the point, which is H_rho, for
/// p above n with A(k) in place of rho across the range of J^T.
/// </summary>
/// <remarks>docs/ledger-methods.md, "The flow": the metric, and the logarithmic norm in it.</remarks>
internal sealed class FlowTube
{
    private readonly Constants _constants;
    private readonly Real _alpha, _rho, _leastEigenvalue, _rate, _difference;
    private readonly bool _hasNullDirections;

    private FlowTube(Constants constants, Real alpha, Real rho, Real leastSingular, Real greatestSingular, Real radius)
    {
        (_constants, _alpha, _rho, LeastSingularValue, GreatestSingularValue) = (constants, alpha, rho, leastSingular, greatestSingular);
        Network network = constants.Problem.Network;
        _hasNullDirections = network.Parameters > network.Rows;
        _leastEigenvalue = leastSingular.Square();
        Floor = Constants.Damped(_leastEigenvalue, rho).Least;
        Ceiling = Constants.Damped(greatestSingular.Square(), rho).Greatest;
        _rate = Constants.Rate(greatestSingular.Square(), rho).Greatest;
        _difference = Difference(radius);
        Turn = FactorOf(_difference);
    }

    /// <summary>sqrt(k): at most every singular value of J that is not always 0.</summary>
    internal Real LeastSingularValue { get; }

    /// <summary>At least |J|.</summary>
    internal Real GreatestSingularValue { get; }

    /// <summary>A(k): N is at least that.</summary>
    internal Real Floor { get; }

    /// <summary>A(|K|): N is at most that.</summary>
    internal Real Ceiling { get; }

    /// <summary>q: lengths in the metrics of two points of the tube, one of which is the point, differ by at most this factor.</summary>
    internal Real Turn { get; }

    /// <summary>The same for any two points where the bounds on the singular values hold, so far apart.</summary>
    internal Real TurnOver(Real distance) => FactorOf(Difference(distance));

    /// <summary>At least the factor by which lengths grow from the metric of an earlier tube, in which this point lies, to that of this one.</summary>
    internal Real Entering(FlowTube earlier) => _hasNullDirections ? earlier.Turn * Real.Max(1, Floor / earlier.Floor).Greatest.Sqrt() : earlier.Turn;

    /// <summary>At least |Jv|/|v| with v measured by N.</summary>
    internal Real OutputNorm => Turn * _rate.Sqrt();

    /// <summary>At least |H^-1 d|/|d| with the numerator measured by N.</summary>
    internal Real InverseNorm => Turn * (_hasNullDirections ? Floor.Sqrt() / _rho : 1 / Floor.Sqrt());

    /// <summary>The tube around a point, or null where J is not proved to keep its rank in it.</summary>
    /// <param name="constants">The constants of the problem.</param>
    /// <param name="alpha">alpha.</param>
    /// <param name="rho">rho.</param>
    /// <param name="smallest">The smallest eigenvalue of K at the point, for p below n of J^T J.</param>
    /// <param name="greatest">The greatest one.</param>
    /// <param name="radius">The distance.</param>
    internal static FlowTube? Around(Constants constants, Real alpha, Real rho, Real smallest, Real greatest, Real radius)
    {
        Real change = (constants.Modulus * radius).Greatest;
        Real leastSingular = (smallest.Sqrt() - change).Least, greatestSingular = (greatest.Sqrt() + change).Greatest;
        return leastSingular.IsPositive ? new FlowTube(constants, alpha, rho, leastSingular, greatestSingular, radius) : null;
    }

    /// <summary>The tube around a point of a ball around w_init, with bounds on the singular values that hold in all of the ball; null where J is not proved to keep its rank in it.</summary>
    /// <param name="constants">The constants of the problem.</param>
    /// <param name="alpha">alpha.</param>
    /// <param name="rho">rho.</param>
    /// <param name="farthest">The radius of the ball, which holds the tube.</param>
    /// <param name="radius">That of the tube.</param>
    internal static FlowTube? Within(Constants constants, Real alpha, Real rho, Real farthest, Real radius)
    {
        if (!constants.SmallestEigenvalue.IsPositive) return null;
        Real change = (constants.Modulus * farthest).Greatest;
        Real leastSingular = (constants.SmallestEigenvalue.Sqrt() - change).Least, greatestSingular = (constants.GreatestEigenvalue.Sqrt() + change).Greatest;
        return leastSingular.IsPositive ? new FlowTube(constants, alpha, rho, leastSingular, greatestSingular, radius) : null;
    }

    /// <summary>At least the norm of what the motion of H^-1 J^T adds to the flow's linearization: 2 q L |grad g|/(alpha A(k)).</summary>
    internal Real Turning(Real gradient) => 2 * Turn * _constants.Modulus * gradient / (_alpha * Floor);

    /// <summary>At least the logarithmic norm of the flow's linearization.</summary>
    internal Real LogarithmicNorm(Real gradient)
    {
        // The greatest value of -x^2 + 2 b x for x at least x_0.
        Real b = _difference * (_rate * _constants.Mu).Sqrt().Shift(-1);
        Real least = _hasNullDirections ? 0 : (_constants.Nu * Constants.Rate(_leastEigenvalue, _rho)).Sqrt() / Turn;
        Real push = Ball.LessOrEqual(b.Ball, least.Ball) == Verdict.Proved ? least * ((2 * b) - least) : b.Square();
        return (Turning(gradient) + push).Greatest;
    }

    /// <summary>At least the norm of the flow's linearization.</summary>
    internal Real Norm(Real gradient) => Turning(gradient) + (_constants.Mu * OutputNorm.Square());

    /// <summary>At least the factor by which a step w + tau F(w) moves apart what is in the tube, measured by N: q^2 max(1 - tau nu s(k), tau mu s(|K|) - 1) and tau times what turns.</summary>
    /// <remarks>docs/ledger-methods.md, "Steps".</remarks>
    internal Real Expansion(Real timeStep, Real gradient)
    {
        Real slowest = _hasNullDirections ? 1 : 1 - (timeStep * _constants.Nu * Constants.Rate(_leastEigenvalue, _rho));
        return ((Turn.Square() * Real.Max(slowest, (timeStep * _constants.Mu * _rate) - 1)) + (timeStep * Turning(gradient))).Greatest;
    }

    // theta: at least |x' (N - N') y|/(|x|_N |y|_N') for the metrics of two points so far apart.
    private Real Difference(Real distance)
    {
        Real change = _constants.Modulus * distance, rest = 1 - _rho, theta = 2 * rest * (_rate / Floor).Sqrt() * change;
        return (_hasNullDirections ? theta + (rest * LeastSingularValue * change / Floor) : theta).Greatest;
    }

    private static Real FactorOf(Real difference)
    {
        Real half = difference.Shift(-1);
        return (half + (1 + half.Square()).Sqrt()).Greatest;
    }
}
