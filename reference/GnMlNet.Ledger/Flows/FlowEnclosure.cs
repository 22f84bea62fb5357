using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Flows;

/// <summary>Encloses the flow w' = -(1/alpha) H_rho^-1 J^T grad g(alpha f(w)) from w_init, piece by piece: a polynomial path, and how far the flow can be from it.</summary>
/// <remarks>docs/ledger-methods.md, "The flow": the error of the path, and the logarithmic norm.</remarks>
internal sealed class FlowEnclosure
{
    private const int Degree = 16;

    // The tube is this much thinner than lambda_0/lambda_n times the ball r_0, so that it is thin in the outputs, too; and the error of one step so much smaller.
    private const int TubeOrders = 30;
    private const int ToleranceOrders = 12;
    private const int FirstStepOrders = 3;
    private const int LastStepOrders = 7;

    // The first piece may be shorter: where the logarithmic norm is great the flow is enclosed for a short time, not at all else.
    private const int LeastFirstStepOrders = 12;

    private readonly Problem _problem;
    private readonly Constants _constants;
    private readonly Real _alpha, _rho;
    private readonly Real[] _initialOutputs;

    internal FlowEnclosure(Constants constants, Real alpha, Real rho)
    {
        (_constants, _problem, _alpha, _rho) = (constants, constants.Problem, alpha, rho);
        if (!_problem.IsOverparameterized && rho.Ball.Sign != 0) throw new ArgumentException("For fewer parameters than rows the bounds are for no damping.", nameof(rho));
        _initialOutputs = _problem.Network.Outputs(_problem.InitialWeights);
    }

    /// <summary>The pieces up to a time, or as far as the enclosure lasts.</summary>
    internal IReadOnlyList<FlowPiece> Until(Real end)
    {
        var pieces = new List<FlowPiece>();
        Real[] weights = RealVectors.Middle(_problem.InitialWeights);
        // Decimal weights are known to the precision only.
        Real error = _problem.Displacement(weights).Greatest, time = 0, step = Real.Exact(Dyadic.One << -FirstStepOrders, _problem.Bits);
        while ((end - time).IsPositive)
        {
            Real[][] coefficients = Propose(weights);
            Real least = Real.Exact(Dyadic.One << -(pieces.Count == 0 ? LeastFirstStepOrders : LastStepOrders), _problem.Bits);
            FlowPiece? piece = TryStep(time, Real.Min(step, end - time), weights, coefficients, error);
            while (piece is null && (step - least).IsPositive)
            {
                step = step.Shift(-1);
                piece = TryStep(time, Real.Min(step, end - time), weights, coefficients, error);
            }

            if (piece is null) break;
            pieces.Add(piece);
            time += piece.Step;
            weights = piece.End;
            // Rounding to the exact point moves it by what its ball leaves open.
            error = (piece.Error + RealVectors.Norm(piece.Displacement(piece.Step, weights))).Greatest;
        }

        return pieces;
    }

    // Coefficients w_0, ..., w_N of a path with a small defect: of order k it is alpha H_0 (k+1) w_(k+1) and what the lower ones give.
    private Real[][] Propose(Real[] weights)
    {
        Linearization start = new(_problem.Network, weights);
        SymmetricFactor? factor = SymmetricFactor.TryFactor(start.Preconditioner(_rho), 0);
        Real[][] coefficients = [.. weights.Select(weight => new[] { weight })];
        for (int k = 0; k < Degree && factor is not null; k++)
        {
            // One order more than is known; on an interval of no length nothing is left to a remainder.
            Magnitude[] powers = Jet.PowersOf(0, k + 1);
            Jet[] path = [.. coefficients.Select(known => new Jet([.. known, 0], Magnitude.Zero, powers))];
            Jet[] defect = FlowField.Of(_problem, _initialOutputs, _alpha, _rho, path, 0).Defect;
            Real[] next = factor.Solve([.. defect.Select(value => -value[k] / (_alpha * (k + 1)))]);
            coefficients = [.. coefficients.Zip(next, (known, value) => (Real[])[.. known, value.Middle])];
        }

        return coefficients;
    }

    private FlowPiece? TryStep(Real time, Real step, Real[] weights, Real[][] coefficients, Real error)
    {
        if (coefficients[0].Length <= Degree) return null;
        Magnitude[] powers = Jet.PowersOf(step, Degree);
        Jet[] path = [.. coefficients.Select(values => new Jet(values, Magnitude.Zero, powers))];
        Real motion = Norm(path.Zip(weights, (weight, start) => weight.Plus(-start)));
        Real tube = (_constants.Radius * _constants.Lambda0 / _constants.LambdaN).Shift(-TubeOrders);

        Linearization start = new(_problem.Network, weights);
        RealMatrix small = _problem.IsOverparameterized ? start.Kernel : start.Gram;
        Real change = _constants.Modulus * (motion + tube);
        Real leastSingular = (Eigenvalues.Smallest(small).Sqrt() - change).Least, greatestSingular = (Eigenvalues.Greatest(small).Sqrt() + change).Greatest;
        if (!leastSingular.IsPositive) return null;

        FlowField field = FlowField.Of(_problem, _initialOutputs, _alpha, _rho, path, step);
        Real damped = Constants.Damped(leastSingular.Square(), _rho);
        Real leastEigenvalue = _problem.Network.Parameters > _problem.Network.Rows ? _rho : damped;
        Real defect = Norm(field.Defect) / (_alpha * leastEigenvalue);
        Real gradient = Norm(field.Gradient) + (_constants.Mu * _alpha * greatestSingular * tube);
        Real norm = greatestSingular * (Constants.Rate(greatestSingular.Square(), _rho) / damped).Sqrt();
        Real turning = 2 * _constants.Modulus * gradient / (_alpha * damped);
        Real growth = (turning + (Spread(field, step, _alpha * greatestSingular * tube) * norm)) * step;
        Real reached = ((error + (step * defect)) * growth.Exp()).Greatest;
        Real tolerance = tube.Shift(-ToleranceOrders);
        if (Ball.Less((step * defect).Ball, tolerance.Ball) != Verdict.Proved || Ball.Less(reached.Ball, tube.Ball) != Verdict.Proved) return null;

        // What the error of the weights does to outputs, loss and its derivative.
        Real outputError = _alpha * greatestSingular * reached, modulus = turning + (_constants.Mu * norm);
        Real speedError = (modulus * reached) + defect, speed = Norm(path.Select(weight => weight.Derivative())) + speedError;
        Real velocityError = _alpha * ((_constants.Modulus * reached * speed) + (greatestSingular * speedError));
        Real gradientError = _constants.Mu * outputError;
        Real slopeError = (gradientError * (Norm(field.OutputVelocity) + velocityError)) + (Norm(field.Gradient) * velocityError);
        return new FlowPiece(time, step, path, field, reached, leastSingular, ((gradient + gradientError) * outputError).Greatest, slopeError.Greatest);
    }

    // Half the distance of the greatest from the smallest entry of the Hessian of g, which is diagonal.
    private Real Spread(FlowField field, Real step, Real outputError)
    {
        if (_problem.Loss is QuadraticLoss) return 0;
        Real whole = Real.Between(0, step);
        Real[] curvatures = _problem.Loss.Curvatures([.. field.Outputs.Select(output => output.At(whole).Widen(outputError))]);
        Real least = curvatures.Aggregate(Real.Min).Least, greatest = curvatures.Aggregate(Real.Max).Greatest;
        return (greatest - least).Shift(-1);
    }

    private Real Norm(IEnumerable<Jet> jets)
    {
        Magnitude sum = Magnitude.Zero;
        foreach (Jet jet in jets) sum += jet.Bound() * jet.Bound();
        return sum.IsFinite ? Real.Exact(sum.SquareRoot().ToDyadic(), _problem.Bits) : Real.Indeterminate;
    }
}
