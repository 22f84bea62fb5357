using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Flows;

/// <summary>Encloses the flow w' = -(1/alpha) H_rho^-1 J^T grad g(alpha f(w)) from w_init, piece by piece: a polynomial path, and how far the flow can be from it.</summary>
/// <remarks>docs/ledger-methods.md, "The flow": the error of the path, and the logarithmic norm.</remarks>
internal sealed class FlowEnclosure
{
    private const int Degree = 16;

    /// <summary>The tube is at least this much thinner than the ball r_0.</summary>
    internal const int LeastTubeOrders = 30;

    // What one piece adds to the error is so much smaller still.
    private const int ToleranceOrders = 12;

    // Pieces are at most 2 long, and shorter ones than 2^-12 are given up.
    private const int GreatestStepOrders = 1;
    private const int LeastStepOrders = -12;

    private readonly Problem _problem;
    private readonly Constants _constants;
    private readonly Real _alpha, _rho, _radius;
    private readonly Real[] _initialOutputs;

    /// <param name="constants">The constants of the problem.</param>
    /// <param name="alpha">The scaling factor.</param>
    /// <param name="rho">The damping.</param>
    /// <param name="tubeOrders">By how many binary orders the tube is thinner than the ball r_0: more where a gap is small against the loss that is left.</param>
    internal FlowEnclosure(Constants constants, Real alpha, Real rho, int tubeOrders = LeastTubeOrders)
    {
        (_constants, _problem, _alpha, _rho) = (constants, constants.Problem, alpha, rho);
        if (_problem.Network.Parameters > _problem.Network.Rows && !rho.IsPositive) throw new ArgumentException("For more parameters than rows H is singular without damping.", nameof(rho));
        _radius = constants.Radius.Shift(-tubeOrders).Least;
        _initialOutputs = _problem.Network.Outputs(_problem.InitialWeights);
    }

    /// <summary>The pieces up to a time, or as far as the enclosure lasts.</summary>
    internal IReadOnlyList<FlowPiece> Until(Real end)
    {
        var pieces = new List<FlowPiece>();
        Real time = 0;
        while ((end - time).IsPositive && Next(end - time, pieces.Count == 0 ? null : pieces[^1]) is { } piece)
        {
            pieces.Add(piece);
            time = piece.Finish;
        }

        return pieces;
    }

    // From an exact point next to the end of the last piece, as far as the defect allows.
    private FlowPiece? Next(Real rest, FlowPiece? last)
    {
        Real[] weights = last?.End ?? RealVectors.Middle(_problem.InitialWeights);
        if (FlowSeries.From(_problem, _initialOutputs, _alpha, _rho, weights, Degree) is not { } coefficients) return null;
        var start = new FlowStart(weights, new Linearization(_problem.Network, weights), _problem.IsOverparameterized, last);
        for (int orders = Promising(start, coefficients); orders >= LeastStepOrders; orders--)
        {
            if (TryStep(start, Real.Min(Real.Exact(Dyadic.One << orders, _problem.Bits), rest), coefficients) is { } piece) return piece;
        }

        return null;
    }

    // The greatest power of two for which the last order, measured by H, is within the tolerance.
    private int Promising(FlowStart start, Real[][] coefficients)
    {
        Real[] last = [.. coefficients.Select(values => values[^1])];
        Real square = ((1 - _rho) * RealVectors.SquaredNorm(start.Linearization.Jacobian.Times(last))) + (_rho * RealVectors.SquaredNorm(last));
        Dyadic size = square.Greatest.Sqrt().Ball.Upper;
        if (size.Sign <= 0) return GreatestStepOrders;
        long orders = Tolerance(Constants.Damped(start.Smallest, _rho)).Ball.Upper.TopExponent - size.TopExponent;
        return (int)Math.Clamp((long)Math.Floor((decimal)orders / Degree), LeastStepOrders, GreatestStepOrders);
    }

    private Real Tolerance(Real floor) => (_radius * floor.Sqrt()).Shift(-ToleranceOrders).Least;

    private FlowPiece? TryStep(FlowStart start, Real step, Real[][] coefficients)
    {
        Magnitude[] powers = Jet.PowersOf(step, Degree);
        Jet[] path = [.. coefficients.Select(values => new Jet(values, Magnitude.Zero, powers))];
        Real motion = Norm(path.Zip(start.Weights, (weight, value) => weight.Plus(-value)));
        if (FlowTube.Around(_constants, _alpha, _rho, start.Smallest, start.Greatest, motion + _radius) is not { } tube) return null;

        FlowField field = FlowField.Of(_problem, _initialOutputs, _alpha, _rho, path, step);
        Real entered = Entered(start, tube), defect = tube.InverseNorm * Norm(field.Defect) / _alpha, added = step * defect;
        Real greatestError = (_radius * tube.Floor.Sqrt()).Least, gradient = Norm(field.Gradient);
        Real norm = tube.LogarithmicNorm(gradient + (_constants.Mu * _alpha * tube.OutputNorm * greatestError));
        Real growth = (Real.Max(norm, 0) * step).Greatest.Exp(), error = ((entered + added) * growth).Greatest;
        if (Ball.Less(added.Ball, Tolerance(tube.Floor).Ball) != Verdict.Proved || Ball.Less(error.Ball, greatestError.Ball) != Verdict.Proved) return null;

        // What the error of the weights does to outputs, loss and its derivative.
        Real outputError = _alpha * tube.OutputNorm * error, gradientError = _constants.Mu * outputError, distance = error / tube.Floor.Sqrt();
        Real speedError = (tube.Norm(gradient + gradientError) * error) + defect, pathSpeed = Norm(path.Select(weight => weight.Derivative())), speed = pathSpeed + (speedError / tube.Floor.Sqrt());
        Real velocityError = _alpha * ((_constants.Modulus * distance * speed) + (tube.OutputNorm * speedError));
        // By the whole gradient, or by J^T grad g, which is small near a minimizer, and how much it can turn; whichever is less.
        Real tangential = (_alpha * tube.Ceiling * pathSpeed) + Norm(field.Defect), turned = distance * ((_constants.Modulus * gradient) + (_constants.Mu * _alpha * tube.GreatestSingularValue.Square()));
        Real slopeError = Real.Min(
            ((gradientError * (Norm(field.OutputVelocity) + velocityError)) + (gradient * velocityError)).Greatest,
            (_alpha * ((turned * speed) + (tangential * speedError / tube.Floor.Sqrt()))).Greatest);
        Real objectiveError = Real.Min(((gradient + gradientError) * outputError).Greatest, (_alpha * distance * (tangential + turned)).Greatest);
        Real finalError = (entered * (norm * step).Greatest.Exp()) + (added * growth);
        return new FlowPiece(start.Time, step, path, field, tube, distance.Greatest, finalError.Greatest, outputError.Greatest, objectiveError.Greatest, slopeError.Greatest);
    }

    // How far the flow is from the exact point, in the metric of the tube.
    private Real Entered(FlowStart start, FlowTube tube)
    {
        // Decimal weights are known to the precision only; later points are rounded.
        Real rounding = start.Last is { } last ? RealVectors.Norm(last.Displacement(last.Step, start.Weights)) : _problem.Displacement(start.Weights);
        Real moved = tube.Ceiling.Sqrt() * rounding;
        return (start.Last is { } earlier ? moved + (tube.Entering(earlier.Tube) * earlier.FinalError) : moved).Greatest;
    }

    private Real Norm(IEnumerable<Jet> jets)
    {
        Magnitude sum = Magnitude.Zero;
        foreach (Jet jet in jets) sum += jet.Bound() * jet.Bound();
        return sum.IsFinite ? Real.Exact(sum.SquareRoot().ToDyadic(), _problem.Bits) : Real.Indeterminate;
    }
}
