using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// The dual form, for more parameters than rows. With M = Lambda + mu I, K = J J^T and b = J^T u + c,
/// <code>
/// x = M^-1 (J^T z + c)   where   (I + s J M^-1 J^T) z = u - s J M^-1 c
/// </code>
/// (the push-through identity, which the Woodbury identity in the proof of Lemma 1 comes to; without Lambda and c it is x = J^T (s K + mu I)^-1 u).
/// One Cholesky factorization of an n x n matrix for every mu. Where Lambda has one value lambda but for biases, where it and c are 0, the kernel is kept in two
/// parts; without penalty c is 0, and with one it has to be given and mu positive. Where Lambda has other values, all positive, J M^-1 J^T is made anew for every mu, which costs little beside
/// the factorization where a network's hidden weights share the values of their inputs. D is the identity: with another metric the kernel would have no structure.
/// <para>A^-1 = Lambda^-1 - s Lambda^-1 J^T C^-1 J Lambda^-1 with C = I + s J Lambda^-1 J^T, for all Lambda that are positive.</para>
/// </summary>
internal sealed class KernelSystem : DampedSystem
{
    private readonly SymmetricMatrix _matrix;
    private readonly Cholesky _factorization;
    private readonly double[] _rows;
    private readonly double[] _offset;
    private readonly double[] _offsetRows;
    private readonly double[] _solution;
    private readonly double[] _diagonal;
    private readonly double[] _weights;
    private SymmetricMatrix? _biasMatrix;
    private bool _hasOffset;
    private bool _hasManyPenalties;
    private double[]? _forms;

    /// <inheritdoc cref="DampedSystem(DifferentiableModel, double)"/>
    internal KernelSystem(DifferentiableModel model, double scale = 1)
        : base(model, scale)
    {
        int rows = model.OutputCount;
        _matrix = new SymmetricMatrix(rows);
        _factorization = new Cholesky(rows, model.Work);
        (_rows, _offsetRows, _solution) = (new double[rows], new double[rows], new double[rows]);
        (_offset, _diagonal, _weights) = (new double[Size], new double[Size], new double[Size]);
    }

    internal override StepForm Form => StepForm.Dual;

    internal override bool HasFullRank => _factorization.HasFullRank;

    internal override ReadOnlySpan<double> Diagonal()
    {
        ComputeDiagonal(_diagonal);
        return _diagonal;
    }

    // Parameter 0 is a hidden weight.
    private double Penalty => Penalties[0];

    internal static double Bytes(TrainedParameters trained, double rows) =>
        (3 * SymmetricMatrix.Bytes(rows)) + DualKernel.Bytes(rows, trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount) + (24.0 * sizeof(double) * trained.LongCount);

    /// <summary>The multiplications of assembling it and solving it once.</summary>
    internal static double Products(TrainedParameters trained, double rows) =>
        DualKernel.Products(rows, trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount) + Cholesky.Products(rows);

    internal override void Assemble(ReadOnlySpan<double> penalties, CurvatureSample? sample = null)
    {
        TakePenalties(penalties);
        _hasManyPenalties = penalties.ContainsAnyExcept(Penalty, 0);
        if (_hasManyPenalties) return;
        if (Penalty > 0 && penalties.Contains(0)) _biasMatrix ??= new SymmetricMatrix(_matrix.Size);
        Model.Kernel(_matrix, _biasMatrix);
        if (Scale == 1) return;
        _matrix.Scale(Scale);
        _biasMatrix?.Scale(Scale);
    }

    internal override void SetRightSide(ReadOnlySpan<double> rows, ReadOnlySpan<double> offset, double[] sum)
    {
        rows.CopyTo(_rows);
        _hasOffset = !offset.IsEmpty;
        offset.CopyTo(_offset);
        if (_hasOffset && Penalty > 0 && !_hasManyPenalties) Model.Multiply(_offset, _offsetRows);
    }

    internal override bool TrySolve(double damping, ReadOnlySpan<double> metric, double[] solution)
    {
        if (_hasManyPenalties) return TrySolveWithManyPenalties(damping, solution);
        double total = Penalty + damping;
        bool isFactored = _biasMatrix is null
            ? _factorization.TryFactor(_matrix, total)
            : _factorization.TryFactor(_matrix, damping / total, _biasMatrix, damping);
        if (!isFactored) return false;

        _rows.CopyTo(_solution, 0);
        if (_hasOffset)
        {
            // The factored matrix is that of z times the part of M that all parameters share.
            double shared = _biasMatrix is null ? total : damping;
            for (int j = 0; j < _rows.Length; j++) _solution[j] = shared * (_rows[j] - (Scale * _offsetRows[j] / total));
        }

        _factorization.Solve(_solution);
        Model.MultiplyTransposed(_solution, solution);
        for (int i = 0; _hasOffset && i < solution.Length; i++) solution[i] = (solution[i] + _offset[i]) / (Penalties[i] + damping);
        return true;
    }

    internal override bool TryInvert()
    {
        if (Penalties.AsSpan().Contains(0) || !TryFactorKernel(damping: 0)) return false;
        _factorization.Invert();
        Model.ColumnForms(_factorization.FullInverse(), _forms ??= new double[Size]);
        return true;
    }

    internal override double InverseDiagonal(int i) => (1 / Penalties[i]) - (Scale * _forms![i] / (Penalties[i] * Penalties[i]));

    internal override double InverseForm(ReadOnlySpan<double> vector)
    {
        double sum = 0;
        double[] scaled = new double[Size], image = new double[_rows.Length], solution = new double[_rows.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = vector[i] / Penalties[i];
            sum += vector[i] * scaled[i];
        }

        Model.Multiply(scaled, image);
        image.CopyTo(solution, 0);
        _factorization.Solve(solution);
        return sum - (Scale * Vectors.Dot(image, solution));
    }

    // I + s J M^-1 J^T.
    private bool TryFactorKernel(double damping)
    {
        for (int i = 0; i < _weights.Length; i++) _weights[i] = 1 / (Penalties[i] + damping);
        Model.WeightedKernel(_matrix, _weights);
        if (Scale != 1) _matrix.Scale(Scale);
        return _factorization.TryFactor(_matrix, 1);
    }

    private bool TrySolveWithManyPenalties(double damping, double[] solution)
    {
        if (!TryFactorKernel(damping)) return false;
        for (int i = 0; i < solution.Length; i++) solution[i] = _weights[i] * _offset[i];
        if (_hasOffset) Model.Multiply(solution, _offsetRows);
        for (int j = 0; j < _rows.Length; j++) _solution[j] = _hasOffset ? _rows[j] - (Scale * _offsetRows[j]) : _rows[j];
        _factorization.Solve(_solution);
        Model.MultiplyTransposed(_solution, solution);
        for (int i = 0; i < solution.Length; i++) solution[i] = _weights[i] * (_hasOffset ? solution[i] + _offset[i] : solution[i]);
        return true;
    }

    internal override double[] Eigenvalues()
    {
        if (_hasManyPenalties) Model.Kernel(_matrix);
        var kernel = new SymmetricMatrix(_matrix.Size);
        for (int i = 0; i < kernel.Size; i++)
        {
            _matrix.Row(i).CopyTo(kernel.Row(i));
            if (_biasMatrix is not null) Vectors.AddScaled(_biasMatrix.Row(i), 1, kernel.Row(i));
        }

        return SymmetricEigenvalues.Of(kernel);
    }
}
