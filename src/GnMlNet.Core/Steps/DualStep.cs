using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// The dual form, for more parameters than rows. With M = lambda D + mu I, u = lambda D theta and J and r weighted, the step is
/// <code>
/// s = -M^-1 (J^T z + u)   where   (I + J M^-1 J^T) z = r - J M^-1 u
/// </code>
/// (the push-through identity; without a penalty it is s = -J^T (J J^T + mu I)^-1 r, the paper's kernel K = J J^T). One Cholesky factorization of an
/// n x n matrix for every mu. M has two values, lambda + mu and, for the biases, mu, so the kernel is kept in two parts. Damping measures
/// steps by D = I: with another metric the kernel would have no structure.
/// </summary>
internal sealed class DualStep : LevenbergMarquardtStep
{
    private readonly PenalizedLeastSquares _objective;
    private readonly WeightedJacobian _jacobian;
    private readonly double _penalty;
    private readonly DualKernel _kernel;
    private readonly SymmetricMatrix _matrix;
    private readonly SymmetricMatrix? _biasMatrix;
    private readonly Cholesky _factorization;
    private readonly double[] _residuals;
    private readonly double[] _penalized;
    private readonly double[] _penalizedRows;
    private readonly double[] _solution;
    private double[] _gradient = [];

    internal DualStep(PenalizedLeastSquares objective) : base(objective.Trained.Count, DampingMetric.Identity)
    {
        TrainedParameters trained = objective.Trained;
        int rows = objective.RowCount;
        _objective = objective;
        _jacobian = new WeightedJacobian(objective);
        // Parameter 0 is a hidden weight.
        _penalty = objective.PenaltyOf(0);
        _kernel = new DualKernel(rows, trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount, objective.Work);
        _matrix = new SymmetricMatrix(rows);
        _biasMatrix = _penalty > 0 && trained.Shape.HasBiases ? new SymmetricMatrix(rows) : null;
        _factorization = new Cholesky(rows, objective.Work);
        (_residuals, _penalizedRows, _solution) = (_jacobian.NewRowVector(), _jacobian.NewRowVector(), _jacobian.NewRowVector());
        _penalized = new double[trained.Count];
    }

    internal override StepForm Form => StepForm.Dual;

    internal override double LargestDiagonal()
    {
        var diagonal = new double[Direction.Length];
        _jacobian.SquareColumns(diagonal);
        for (int i = 0; i < diagonal.Length; i++) diagonal[i] += _objective.PenaltyOf(i);
        return Vectors.LargestMagnitude(diagonal);
    }

    internal override double[] CurvatureEigenvalues()
    {
        var kernel = new SymmetricMatrix(_matrix.Size);
        for (int i = 0; i < kernel.Size; i++)
        {
            _matrix.Row(i).CopyTo(kernel.Row(i));
            if (_biasMatrix is not null) Vectors.AddScaled(_biasMatrix.Row(i), 1, kernel.Row(i));
        }

        return SymmetricEigenvalues.Of(kernel);
    }

    internal static double Bytes(TrainedParameters trained, double rows) =>
        (3 * SymmetricMatrix.Bytes(rows)) + DualKernel.Bytes(rows, trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount) + (24.0 * sizeof(double) * trained.LongCount);

    /// <summary>The multiplications of an iteration.</summary>
    internal static double Products(TrainedParameters trained, double rows) =>
        DualKernel.Products(rows, trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount) + Cholesky.Products(rows);

    internal override void Linearize(ReadOnlySpan<double> parameters, double[] gradient, Curvature curvature)
    {
        _gradient = gradient;
        _jacobian.MoveTo(parameters);
        RowSample all = RowSample.All(_objective.BlockCount);
        for (int start = 0, count; start < all.Count; start += count)
        {
            ReadOnlyMemory<JacobianFactors<double>> factors = _objective.Factors(parameters, all, start);
            count = factors.Length;
            for (int slot = 0; slot < count; slot++)
            {
                int row = (start + slot) * RowBlock.Capacity;
                _kernel.SetRows(row, _objective.Block(all, start + slot).RowCount, factors.Span[slot]);
                _objective.WeightedResiduals(slot).CopyTo(_residuals.AsSpan(row));
            }
        }

        _kernel.Compute(_matrix, _biasMatrix);
        for (int i = 0; i < _penalized.Length; i++) _penalized[i] = _objective.PenaltyOf(i) * parameters[i];
        if (_penalty > 0) _jacobian.Multiply(_penalized, _penalizedRows);
    }

    internal override bool TryCompute(double damping)
    {
        double total = _penalty + damping;
        bool factored = _biasMatrix is null
            ? _factorization.TryFactor(_matrix, total)
            : _factorization.TryFactor(_matrix, damping / total, _biasMatrix, damping);
        if (!factored) return false;

        int rows = _factorization.Size;
        double scale = _biasMatrix is null ? total : damping;
        for (int j = 0; j < rows; j++) _solution[j] = scale * (_residuals[j] - (_penalizedRows[j] / total));
        _factorization.Solve(_solution.AsSpan(0, rows));

        _jacobian.MultiplyTransposed(_solution, Direction);
        for (int i = 0; i < Direction.Length; i++) Direction[i] = -(Direction[i] + _penalized[i]) / (_objective.PenaltyOf(i) + damping);
        return Predict(damping, _gradient);
    }
}
