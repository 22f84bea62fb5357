using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// A step between Gauss-Newton's and Newton's, by conjugate gradients (docs/training.md derives it):
/// <code>
/// (J^T W J + C+ + Lambda + mu D) x = b
/// </code>
/// C = sum_j w_j r_j f''(x_j), what J^T W J leaves out of half the second derivatives of the loss, has entries only between parameters of one hidden unit; C+ is its positive part. Products with J are in single
/// precision, from all rows; the solution is as exact as a step needs while the quadratic model is inexact, and what is left of the equation is known.
/// Its inverse is that of J^T W J of all rows in single precision, at most <see cref="MostStaleIterations"/> points old, with the present Lambda.
/// </summary>
internal sealed class InexactNewtonSystem : DampedSystem
{
    // The share of the right side, in the norm of the preconditioner, at which conjugate gradients end.
    private const double Accuracy = 0.1;
    private const int MostIterations = 60;

    private const int MostStaleIterations = 10;

    // The Jacobian of all rows in single precision; there are two of them in each network of an ensemble.
    private const double MostLinearizationBytes = 1 << 25;

    private readonly PenalizedLeastSquares _objective;
    private readonly NormalSystem _normal;
    private readonly IPreconditioner _preconditioner;
    private readonly ConjugateGradients _solver;
    private readonly UnitBlocks _curvature;
    private readonly double[] _diagonal;
    private readonly double[] _squares;
    private readonly double[] _shift;
    private readonly double[] _remainder;
    private NarrowLinearization? _linearization;
    private double[] _rightSide = [];
    private int _staleIterations = int.MaxValue;
    private int _solves;

    /// <param name="objective">The objective.</param>
    /// <param name="normal">Room for J^T W J and its inverse.</param>
    internal InexactNewtonSystem(PenalizedLeastSquares objective, NormalSystem normal)
        : base(objective, scale: 1)
    {
        (_objective, _normal) = (objective, normal);
        Costs = new StepCosts(objective.Trained, objective.OutputCount);
        _preconditioner = Costs.PrefersSample ? new SampledPreconditioner(objective, Costs) : new UnitPreconditioner(objective.Trained);
        _curvature = new UnitBlocks(objective.Shape.HiddenSize, objective.Shape.UnitLength);
        (_diagonal, _squares, _shift, _remainder) = (new double[Size], new double[Size], new double[Size], new double[Size]);
        _solver = new ConjugateGradients(Size, Multiply, _preconditioner.Solve);
    }

    internal override StepForm Form => StepForm.Primal;

    internal override bool HasFullRank => _solver.HasConverged;

    internal override ReadOnlySpan<double> Remainder => _remainder;

    /// <summary>The bytes that it takes beside the normal equations: the Jacobian of two points, the preconditioner and some vectors.</summary>
    /// <param name="trained">The parameters.</param>
    /// <param name="blockCount">The blocks of rows.</param>
    internal static double Bytes(TrainedParameters trained, double blockCount) =>
        (2 * NarrowLinearization.Bytes(trained, blockCount)) + SampledPreconditioner.Bytes(trained.LongCount) + (3 * UnitBlocks.Bytes(trained.Shape.HiddenSize, trained.Shape.UnitLength)) + (8.0 * sizeof(double) * trained.LongCount);

    /// <summary>Whether there is such a step for these parameters, cheaper than a direct one.</summary>
    internal static bool Pays(TrainedParameters trained, double rows) => trained.IncludeOutputLayer && trained.Shape.HasBiases && new StepCosts(trained, rows).PrefersInexact;

    /// <summary>Whether its Jacobians take no more than each of the networks of an ensemble may.</summary>
    internal static bool FitsMember(TrainedParameters trained, double blockCount) => NarrowLinearization.Bytes(trained, blockCount) <= MostLinearizationBytes;

    /// <summary>What its parts cost.</summary>
    internal StepCosts Costs { get; }

    /// <summary>Whether C+ takes part.</summary>
    internal bool UsesCurvature { get; set; } = true;

    /// <summary>C+, where it takes part.</summary>
    internal UnitBlocks Curvature => _curvature;

    /// <summary>How many points before the present one J^T W J of the last <see cref="TryInvert"/> was made.</summary>
    internal int InverseAge => _staleIterations;

    /// <summary>The conjugate gradients' iterations since the last <see cref="Assemble"/>.</summary>
    internal int Iterations { get; private set; }

    /// <summary>What the steps since the last <see cref="Assemble"/> cost, in milliseconds of <see cref="StepCosts"/>.</summary>
    internal double Cost => (Iterations * Costs.Iteration) + (_solves * Costs.Factor) + (UsesCurvature ? Costs.Curvature : 0) + Costs.Evaluation;

    internal override ReadOnlySpan<double> Diagonal() => _diagonal;

    internal override void Assemble(ReadOnlySpan<double> penalties, CurvatureSample? sample = null)
    {
        _linearization = _objective.LinearizeNarrowly();
        _linearization.SquareColumns(_squares);
        _preconditioner.MoveTo(_linearization);
        if (UsesCurvature)
        {
            _linearization.ResidualCurvature(_curvature);
            _curvature.TakePositiveParts();
        }

        SetPenalties(penalties);
        (Iterations, _solves) = (0, 0);
        if (_staleIterations < int.MaxValue) _staleIterations++;
    }

    internal override void SetPenalties(ReadOnlySpan<double> penalties)
    {
        TakePenalties(penalties);
        for (int i = 0; i < _diagonal.Length; i++) _diagonal[i] = _squares[i] + Penalties[i];
    }

    internal override void SetRightSide(ReadOnlySpan<double> rows, ReadOnlySpan<double> offset, double[] sum) => _rightSide = sum;

    internal override bool TrySolve(double damping, ReadOnlySpan<double> metric, double[] solution)
    {
        for (int i = 0; i < _shift.Length; i++) _shift[i] = Penalties[i] + (metric.IsEmpty ? damping : damping * metric[i]);
        if (!_preconditioner.TryPrepare(_shift, UsesCurvature ? _curvature : null)) return false;
        bool isDefinite = _solver.Solve(_rightSide, Accuracy, RemainderNorm.Preconditioned, MostIterations, solution);
        TakeBestMultiple(solution);
        Iterations += _solver.Iterations;
        // How the preconditioner ages shows in the first solve at a point; more damping makes the next ones easier.
        if (_solves++ == 0) _preconditioner.Used(_solver.Iterations);
        return isDefinite;
    }

    /// <summary>
    /// The best multiple of a solution by one more product with the matrix, and what it leaves of the right side, which is orthogonal to it up to rounding. The recurrence of conjugate gradients strays from both
    /// as far as the products err.
    /// </summary>
    private void TakeBestMultiple(double[] solution)
    {
        Multiply(solution, _remainder);
        double factor = Vectors.Dot(_rightSide, solution) / Vectors.Dot(solution, _remainder);
        if (!double.IsFinite(factor)) factor = 1;
        for (int i = 0; i < solution.Length; i++)
        {
            solution[i] *= factor;
            _remainder[i] = Math.FusedMultiplyAdd(-factor, _remainder[i], _rightSide[i]);
        }
    }

    internal override bool TryInvert()
    {
        if (_staleIterations >= MostStaleIterations)
        {
            _objective.Gram(_normal.Matrix, RowSample.All(_linearization!.PairCount));
            _preconditioner.Renew(_normal.Matrix);
            _normal.TakeMatrix(Penalties);
            _staleIterations = 0;
        }
        else
        {
            _normal.SetPenalties(Penalties);
        }

        return _normal.TryInvert();
    }

    internal override double InverseDiagonal(int i) => _normal.InverseDiagonal(i);

    internal override double InverseForm(ReadOnlySpan<double> vector) => _normal.InverseForm(vector);

    internal override double[]? Eigenvalues() => null;

    /// <summary>Writes what it keeps from earlier points: J^T W J of its last inverse, while it is used, and the preconditioner.</summary>
    internal void WriteState(StateWriter writer)
    {
        writer.Write(_staleIterations);
        if (_staleIterations < MostStaleIterations) writer.Write(_normal.GramTriangle());
        _preconditioner.WriteState(writer);
    }

    /// <summary>Takes over what another one wrote; the penalties of the objective must be those of then.</summary>
    internal void ReadState(StateReader reader)
    {
        _staleIterations = reader.ReadInt32(0, int.MaxValue, "the age of an inverse");
        if (_staleIterations < MostStaleIterations)
        {
            reader.Read(_normal.Matrix, "the entries of a matrix");
            _normal.TakeMatrix(_objective.Penalties);
        }

        _preconditioner.ReadState(reader);
    }

    private void Multiply(double[] vector, double[] product)
    {
        _linearization!.MultiplyGram(vector, product);
        for (int i = 0; i < product.Length; i++) product[i] += _shift[i] * vector[i];
        if (UsesCurvature) _curvature.AddProduct(vector, product);
    }
}
