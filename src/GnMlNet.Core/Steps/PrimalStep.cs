using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>The primal form: A is accumulated without forming J, and A + mu D gets a Cholesky factorization for every mu.</summary>
internal sealed class PrimalStep : LevenbergMarquardtStep
{
    private readonly PenalizedLeastSquares _objective;
    private readonly StructuredGram _gram;
    private readonly Cholesky _factorization;
    private JacobianFactors<float>[] _narrowed = [];
    private readonly double[] _gramDiagonal;
    private readonly double[] _diagonal;
    private readonly Action<int> _narrowBlocks;
    private ReadOnlyMemory<JacobianFactors<double>> _factors;
    private double[] _gradient = [];

    internal PrimalStep(PenalizedLeastSquares objective, DampingMetric metric) : base(objective.Trained.Count, metric)
    {
        TrainedParameters trained = objective.Trained;
        _objective = objective;
        _gram = new StructuredGram(trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount, objective.Work);
        _factorization = new Cholesky(trained.Count, objective.Work);
        Matrix = new SymmetricMatrix(trained.Count);
        _gramDiagonal = new double[trained.Count];
        _diagonal = new double[trained.Count];
        _narrowBlocks = NarrowBlocks;
    }

    /// <summary>A, p x p.</summary>
    internal SymmetricMatrix Matrix { get; }

    internal override StepForm Form => StepForm.Primal;

    internal override bool CanApproximateCurvature => true;

    internal override double LargestDiagonal() => Matrix.LargestDiagonal();

    internal override double[] CurvatureEigenvalues()
    {
        var matrix = new SymmetricMatrix(Direction.Length);
        for (int i = 0; i < Direction.Length; i++)
        {
            Matrix.Row(i).CopyTo(matrix.Row(i));
            matrix[i, i] -= _objective.PenaltyOf(i);
        }

        return SymmetricEigenvalues.Of(matrix);
    }

    internal static double Bytes(TrainedParameters trained) =>
        (2 * SymmetricMatrix.Bytes(trained.LongCount)) + StructuredGram.Bytes(trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount);

    /// <summary>The multiplications of an iteration.</summary>
    internal static double Products(TrainedParameters trained, double rows) =>
        (rows * StructuredGram.ProductsPerRow(trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount)) + Cholesky.Products(trained.LongCount);

    internal override void Linearize(ReadOnlySpan<double> parameters, double[] gradient, Curvature curvature)
    {
        _gradient = gradient;
        _gram.Clear();
        for (int start = 0; start < curvature.Sample.Count; start += _factors.Length)
        {
            _factors = _objective.Factors(parameters, curvature.Sample, start);
            if (curvature.SinglePrecision) _gram.Add(Narrow());
            else _gram.Add(_factors);
        }

        _gram.CopyTo(Matrix);
        // All rows together have weight 1; a sample is weighted up to it.
        if (!curvature.Sample.IsAll) Matrix.Scale(1 / _objective.WeightOf(curvature.Sample));
        for (int i = 0; i < gradient.Length; i++) _gramDiagonal[i] = Matrix[i, i];
        AddPenalty();
    }

    /// <summary>Takes over other penalties of the objective at the same point, with the gradient that they give.</summary>
    internal void PenaltiesChanged(double[] gradient)
    {
        _gradient = gradient;
        AddPenalty();
    }

    /// <summary>Inverts A; false where it is not positive definite to working precision.</summary>
    internal bool TryInvert()
    {
        if (!_factorization.TryFactor(Matrix, shift: 0)) return false;
        _factorization.Invert();
        return true;
    }

    /// <summary>Entry i of the diagonal of A^-1.</summary>
    internal double InverseDiagonal(int i) => _factorization.InverseDiagonal(i);

    internal override bool TryCompute(double damping)
    {
        if (!_factorization.TryFactor(Matrix, damping, Metric)) return false;

        for (int i = 0; i < Direction.Length; i++) Direction[i] = -_gradient[i];
        _factorization.Solve(Direction);
        return Predict(damping, _gradient);
    }

    /// <summary>The lower triangle T with A^-1 = T^T T, row by row, times a factor, in single precision.</summary>
    internal float[] InverseTriangle(double factor)
    {
        var triangle = new float[PackedTriangle.Length(_diagonal.Length)];
        for (int column = 0; column < _diagonal.Length; column++)
        {
            ReadOnlySpan<double> entries = _factorization.InverseRow(column);
            for (int i = 0; i < entries.Length; i++) triangle[PackedTriangle.Length(column + i) + column] = (float)(factor * entries[i]);
        }

        return triangle;
    }

    private void AddPenalty()
    {
        for (int i = 0; i < _diagonal.Length; i++) Matrix[i, i] = _diagonal[i] = _gramDiagonal[i] + _objective.PenaltyOf(i);
        SetMetric(_diagonal);
    }

    /// <summary>The factors in single precision, two blocks of rows together.</summary>
    private ReadOnlyMemory<JacobianFactors<float>> Narrow()
    {
        int had = _narrowed.Length, count = (_factors.Length + 1) / 2;
        if (had < count) Array.Resize(ref _narrowed, count);
        for (int slot = had; slot < _narrowed.Length; slot++) _narrowed[slot] = _objective.Trained.NewFactors<float>();
        _objective.Work.For(count, _narrowBlocks);
        return _narrowed.AsMemory(0, count);
    }

    private void NarrowBlocks(int slot)
    {
        JacobianFactors<float> to = _narrowed[slot];
        NarrowBlock(_factors.Span[2 * slot], to, 0);
        if ((2 * slot) + 1 < _factors.Length) NarrowBlock(_factors.Span[(2 * slot) + 1], to, RowBlock.Capacity);
        else ClearSlopes(to, RowBlock.Capacity);
    }

    private static void NarrowBlock(JacobianFactors<double> from, JacobianFactors<float> to, int row)
    {
        for (int i = 0; i < from.UnitCount; i++) Vectors.Narrow(from.Slope(i), to.Slope(i)[row..]);
        for (int k = 0; k < from.InputCount; k++) Vectors.Narrow(from.Input(k), to.Input(k)[row..]);
        for (int l = 0; l < from.OtherCount; l++) Vectors.Narrow(from.Other(l), to.Other(l)[row..]);
    }

    // Rows without slopes and other columns count for nothing.
    private static void ClearSlopes(JacobianFactors<float> factors, int row)
    {
        for (int i = 0; i < factors.UnitCount; i++) factors.Slope(i)[row..].Clear();
        for (int l = 0; l < factors.OtherCount; l++) factors.Other(l)[row..].Clear();
    }
}
