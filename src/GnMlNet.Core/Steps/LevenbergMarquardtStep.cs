using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// The direction: which step s for a given damping mu. Near theta the objective is about E(theta) + 2 g . s + s . A s with
/// A = J^T W J + Lambda and g = J^T W r + Lambda theta (see <see cref="PenalizedObjective"/>); with mu s . D s added it is least at
/// <code>
/// (A + mu D) s = -g
/// </code>
/// mu = 0 is the Gauss-Newton step (the paper's rho = 0 and eta = 1); a large mu gives a short step down the gradient
/// (Levenberg 1944, Marquardt 1963). D is a <see cref="DampingMetric"/>.
/// </summary>
internal sealed class LevenbergMarquardtStep
{
    private const double Tempering = 3.0 / 8;

    // Below this share of the largest diagonal entry a parameter is as good as without influence.
    private const double LeastDiagonal = 1e-12;

    // An inexact step is as good as an exact one while the quadratic model itself is inexact; near a minimum the remainder must vanish too.
    private const double GreatestRemainder = 0.1;
    private const int MostIterations = 300;

    private readonly PenalizedObjective _objective;
    private readonly DampedSystem _direct;
    private readonly DampingMetric _metric;
    private readonly double[] _rightSide;
    private readonly double[] _residuals;
    private readonly double[] _offset;
    private DampedSystem _system;
    private InexactNewtonSystem? _inexact;
    private double[] _gradient = [];
    private double _firstGradientNorm;

    /// <param name="objective">The objective.</param>
    /// <param name="form">How the equations are solved.</param>
    /// <param name="metric">D; the dual form has the identity whatever is asked for.</param>
    internal LevenbergMarquardtStep(PenalizedObjective objective, StepForm form, DampingMetric metric)
    {
        int count = objective.Trained.Count;
        _objective = objective;
        _direct = _system = form switch
        {
            StepForm.Primal => new NormalSystem(objective),
            StepForm.Dual => new KernelSystem(objective),
            _ => new ConjugateGradientSystem(objective) { IsPreconditioned = true, MostIterations = MostIterations },
        };
        _metric = form == StepForm.Dual ? DampingMetric.Identity : metric;
        (Direction, Metric, _rightSide) = (new double[count], new double[count], new double[count]);
        (_residuals, _offset) = form == StepForm.Dual ? (new double[objective.OutputCount], new double[count]) : ([], []);
        Array.Fill(Metric, 1);
    }

    /// <summary>How the equations are solved.</summary>
    internal StepForm Form => _direct.Form;

    /// <summary>The equations.</summary>
    internal DampedSystem System => _system;

    /// <summary>The system with A itself, where the form is the primal one; null otherwise.</summary>
    internal NormalSystem? Normal => _direct as NormalSystem;

    /// <summary>The system of inexact steps where the last point was linearized for one; null otherwise.</summary>
    internal InexactNewtonSystem? Inexact => _system as InexactNewtonSystem;

    /// <summary>s, the step of the last successful call; p numbers.</summary>
    internal double[] Direction { get; }

    /// <summary>The diagonal of D; p numbers in (0, 1].</summary>
    internal double[] Metric { get; }

    /// <summary>How far the quadratic model says the loss falls along the step, -2 g . s - s . A s; never negative.</summary>
    internal double PredictedReduction { get; private set; }

    /// <summary>The largest diagonal entry of A, the scale of the damping; positive.</summary>
    internal double LargestDiagonal() => Vectors.LargestMagnitude(_system.Diagonal());

    /// <summary>The eigenvalues of J^T W J or of its kernel at the last <see cref="Linearize"/>, without the penalty; see <see cref="DampedSystem.Eigenvalues"/>.</summary>
    internal double[]? CurvatureEigenvalues() => _system.Eigenvalues();

    /// <summary>Takes the quadratic model at a point.</summary>
    /// <param name="parameters">theta.</param>
    /// <param name="gradient">g over all rows, p numbers; not changed while steps are computed.</param>
    /// <param name="sample">What A is made from; all rows in double unless the form is the primal one.</param>
    /// <param name="isInexact">Whether steps are to be those of an <see cref="InexactNewtonSystem"/>; in the primal form only.</param>
    /// <param name="usesCurvature">Whether the positive part of the residuals' curvature joins the matrix of inexact steps.</param>
    internal void Linearize(ReadOnlySpan<double> parameters, double[] gradient, CurvatureSample sample, bool isInexact = false, bool usesCurvature = false)
    {
        if (isInexact) _system = _inexact ??= new InexactNewtonSystem((PenalizedLeastSquares)_objective, Normal!);
        else ForgetInexact();
        if (Inexact is { } inexact) inexact.UsesCurvature = usesCurvature;
        _objective.MoveTo(parameters);
        _system.Assemble(_objective.Penalties, sample);
        if (Form == StepForm.Dual)
        {
            _objective.Value(_residuals);
            for (int j = 0; j < _residuals.Length; j++) _residuals[j] = -_residuals[j];
        }

        SetOffset(parameters);
        Aim(gradient);
    }

    /// <summary>Takes over other penalties of the objective at the same point, with the gradient that they give.</summary>
    /// <param name="parameters">theta.</param>
    /// <param name="gradient">g.</param>
    internal void PenaltiesChanged(ReadOnlySpan<double> parameters, double[] gradient)
    {
        _system.SetPenalties(_objective.Penalties);
        SetOffset(parameters);
        Aim(gradient);
    }

    /// <summary>Computes the step.</summary>
    /// <param name="damping">mu, positive, or 0 in the primal form.</param>
    /// <returns>False when A + mu D is not positive definite to working precision, or the step is not finite: more damping is needed.</returns>
    internal bool TryCompute(double damping) => _system.TrySolve(damping, Metric, Direction) && Predict(damping);

    /// <summary>Gives back the room of inexact steps.</summary>
    internal void ForgetInexact()
    {
        (_inexact, _system) = (null, _direct);
        _objective.ForgetNarrow();
    }

    /// <summary>s . D s for the last step and the present D.</summary>
    internal double SquaredLength()
    {
        double sum = 0;
        for (int i = 0; i < Direction.Length; i++) sum += Metric[i] * Direction[i] * Direction[i];
        return sum;
    }

    /// <summary>Writes what the next step takes from the last ones.</summary>
    internal void WriteState(StateWriter writer)
    {
        writer.Write(Direction);
        writer.Write(Metric);
        writer.Write(_firstGradientNorm);
        writer.Write(_inexact is not null);
        _inexact?.WriteState(writer);
    }

    /// <summary>Takes over what another one wrote; the penalties of the objective must be those of then.</summary>
    internal void ReadState(StateReader reader)
    {
        // A direction that was not taken need not be finite.
        reader.ReadAny(Direction.Length, "the last direction").CopyTo(Direction, 0);
        reader.ReadFinite(Metric.Length, "the metric").CopyTo(Metric, 0);
        _firstGradientNorm = reader.ReadAny("the norm of the first gradient");
        ForgetInexact();
        if (!reader.ReadBoolean("whether steps are inexact")) return;
        reader.Check(Normal is not null && _objective is PenalizedLeastSquares, "inexact steps of rows or a form that have none");
        _system = _inexact = new InexactNewtonSystem((PenalizedLeastSquares)_objective, Normal!);
        _inexact.ReadState(reader);
    }

    private void SetOffset(ReadOnlySpan<double> parameters)
    {
        for (int i = 0; i < _offset.Length; i++) _offset[i] = -(_objective.Penalties[i] * parameters[i]);
    }

    /// <summary>Sets right side, metric and accuracy.</summary>
    private void Aim(double[] gradient)
    {
        _gradient = gradient;
        for (int i = 0; i < gradient.Length; i++) _rightSide[i] = -gradient[i];
        _system.SetRightSide(_residuals, _offset, _rightSide);
        SetMetric();
        if (_system is not ConjugateGradientSystem inexact) return;

        double norm = Vectors.Norm(gradient);
        if (_firstGradientNorm == 0) _firstGradientNorm = norm;
        inexact.Accuracy = Math.Min(GreatestRemainder, Math.Sqrt(norm / _firstGradientNorm));
    }

    /// <summary>Sets D from the diagonal of A.</summary>
    private void SetMetric()
    {
        if (_system is not InexactNewtonSystem && _metric == DampingMetric.Identity)
        {
            Array.Fill(Metric, 1);
            return;
        }

        ReadOnlySpan<double> diagonal = _system.Diagonal();
        double largest = Vectors.LargestMagnitude(diagonal);
        if (!(largest > 0)) return;
        for (int i = 0; i < Metric.Length; i++)
        {
            double share = Math.Max(diagonal[i] / largest, LeastDiagonal);
            Metric[i] = _system is InexactNewtonSystem ? share : Math.Pow(share, Tempering);
        }
    }

    /// <summary>Sets the predicted reduction of a step that solves the equations up to the system's remainder.</summary>
    /// <returns>Whether the step is finite.</returns>
    private bool Predict(double damping)
    {
        // A s = -g - mu D s - remainder put in: no product with A and no cancellation.
        PredictedReduction = (damping * SquaredLength()) - Vectors.Dot(Direction, _gradient);
        ReadOnlySpan<double> remainder = _system.Remainder;
        if (!remainder.IsEmpty) PredictedReduction += Vectors.Dot(Direction, remainder);
        return double.IsFinite(PredictedReduction);
    }
}
