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
    private readonly Real _alpha, _rho, _leastEigenvalue, _rate, _change;
    private readonly bool _hasNullDirections;

    private FlowTube(Constants constants, Real alpha, Real rho, Real leastSingular, Real greatestSingular, Real change)
    {
        (_constants, _alpha, _rho, _change, LeastSingularValue, GreatestSingularValue) = (constants, alpha, rho, change, leastSingular, greatestSingular);
        Network network = constants.Problem.Network;
        _hasNullDirections = network.Parameters > network.Rows;
        _leastEigenvalue = leastSingular.Square();
        Floor = Constants.Damped(_leastEigenvalue, rho).Least;
        Ceiling = Constants.Damped(greatestSingular.Square(), rho).Greatest;
        _rate = Constants.Rate(greatestSingular.Square(), rho).Greatest;
        Real half = Difference().Shift(-1);
        Turn = (half + (1 + half.Square()).Sqrt()).Greatest;
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
        return leastSingular.IsPositive ? new FlowTube(constants, alpha, rho, leastSingular, greatestSingular, change) : null;
    }

    /// <summary>At least the norm of what the motion of H^-1 J^T adds to the flow's linearization: 2 q L |grad g|/(alpha A(k)).</summary>
    internal Real Turning(Real gradient) => 2 * Turn * _constants.Modulus * gradient / (_alpha * Floor);

    /// <summary>At least the logarithmic norm of the flow's linearization.</summary>
    internal Real LogarithmicNorm(Real gradient)
    {
        // The greatest value of -x^2 + 2 b x for x at least x_0.
        Real b = Difference() * (_rate * _constants.Mu).Sqrt().Shift(-1);
        Real least = _hasNullDirections ? 0 : (_constants.Nu * Constants.Rate(_leastEigenvalue, _rho)).Sqrt() / Turn;
        Real push = Ball.LessOrEqual(b.Ball, least.Ball) == Verdict.Proved ? least * ((2 * b) - least) : b.Square();
        return (Turning(gradient) + push).Greatest;
    }

    /// <summary>At least the norm of the flow's linearization.</summary>
    internal Real Norm(Real gradient) => Turning(gradient) + (_constants.Mu * OutputNorm.Square());

    // theta: at least |x' (N - N') y|/(|x|_N |y|_N') for the metrics of the point and of another one.
    private Real Difference()
    {
        Real rest = 1 - _rho, theta = 2 * rest * (_rate / Floor).Sqrt() * _change;
        return (_hasNullDirections ? theta + (rest * LeastSingularValue * _change / Floor) : theta).Greatest;
    }
}
