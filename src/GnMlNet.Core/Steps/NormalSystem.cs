using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace GnMlNet.Core.Steps;

/// <summary>The primal form, the normal equations: J^T J, p x p, is accumulated without forming J, and the damped matrix gets a Cholesky factorization for every mu.</summary>
internal sealed class NormalSystem : DampedSystem
{
    private readonly Cholesky _factorization;
    private readonly double[] _gramDiagonal;
    private readonly double[] _diagonal;
    private double[] _rightSide = [];

    /// <inheritdoc cref="DampedSystem(DifferentiableModel, double)"/>
    internal NormalSystem(DifferentiableModel model, double scale = 1)
        : base(model, scale)
    {
        _factorization = new Cholesky(Size, model.Work);
        Matrix = new SymmetricMatrix(Size);
        (_gramDiagonal, _diagonal) = (new double[Size], new double[Size]);
    }

    /// <summary>A = s J^T J + Lambda, p x p.</summary>
    internal SymmetricMatrix Matrix { get; }

    internal override StepForm Form => StepForm.Primal;

    internal override bool HasFullRank => _factorization.HasFullRank;

    internal override ReadOnlySpan<double> Diagonal() => _diagonal;

    internal static double Bytes(TrainedParameters trained) =>
        (2 * SymmetricMatrix.Bytes(trained.LongCount)) + StructuredGram.Bytes(trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount);

    /// <summary>The multiplications of assembling it and solving it once.</summary>
    internal static double Products(TrainedParameters trained, double rows) =>
        (rows * StructuredGram.ProductsPerRow(trained.Shape.HiddenSize, trained.Shape.UnitLength, trained.OtherCount)) + Cholesky.Products(trained.LongCount);

    internal override void Assemble(ReadOnlySpan<double> penalties, CurvatureSample? sample = null)
    {
        Model.Gram(Matrix, sample);
        TakeMatrix(penalties);
    }

    /// <summary>Takes J^T J, which <see cref="Matrix"/> holds.</summary>
    internal void TakeMatrix(ReadOnlySpan<double> penalties)
    {
        if (Scale != 1) Matrix.Scale(Scale);
        for (int i = 0; i < _gramDiagonal.Length; i++) _gramDiagonal[i] = Matrix[i, i];
        SetPenalties(penalties);
    }

    internal override void SetPenalties(ReadOnlySpan<double> penalties)
    {
        TakePenalties(penalties);
        for (int i = 0; i < _diagonal.Length; i++) Matrix[i, i] = _diagonal[i] = _gramDiagonal[i] + Penalties[i];
    }

    internal override void SetRightSide(ReadOnlySpan<double> rows, ReadOnlySpan<double> offset, double[] sum) => _rightSide = sum;

    internal override bool TrySolve(double damping, ReadOnlySpan<double> metric, double[] solution)
    {
        if (!_factorization.TryFactor(Matrix, damping, metric)) return false;

        _rightSide.CopyTo(solution, 0);
        _factorization.Solve(solution);
        return true;
    }

    /// <summary>
    /// The shortest x where A + mu I is rank-deficient: with the pseudoinverse over the eigenvalues that stand out of rounding, so that J (A + mu I)^+ J^T is
    /// still the projection onto the range of J.
    /// </summary>
    internal void SolveByPseudoinverse(double damping, Span<double> solution)
    {
        Evd<double> decomposition = Matrix<double>.Build.Dense(Size, Size, (i, j) => Matrix[i, j]).Evd(Symmetricity.Symmetric);
        double[] values = [.. decomposition.EigenValues.Select(value => value.Real + damping)];
        double least = values.Length * (Math.BitIncrement(1.0) - 1) * values.Max();
        solution.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] <= least) continue;
            double[] vector = decomposition.EigenVectors.Column(i).ToArray();
            Vectors.AddScaled(vector, Vectors.Dot(vector, _rightSide) / values[i], solution);
        }
    }

    internal override bool TryInvert()
    {
        if (!_factorization.TryFactor(Matrix, shift: 0)) return false;
        _factorization.Invert();
        return true;
    }

    internal override double InverseDiagonal(int i) => _factorization.InverseDiagonal(i);

    internal override double InverseForm(ReadOnlySpan<double> vector)
    {
        double[] solution = vector.ToArray();
        _factorization.Solve(solution);
        return Vectors.Dot(vector, solution);
    }

    /// <summary>The lower triangle of s J^T J, without Lambda, row by row.</summary>
    internal double[] GramTriangle()
    {
        var triangle = new double[(int)PackedTriangle<double>.Length(Size)];
        Matrix.PackTo(triangle);
        for (int i = 0, at = 0; i < Size; at += ++i + 1) triangle[at] = _gramDiagonal[i];

        return triangle;
    }

    /// <summary>The lower triangle T with A^-1 = T^T T, row by row, times a factor, in single precision.</summary>
    internal float[] InverseTriangle(double factor)
    {
        var triangle = new float[PackedTriangle<float>.Length(Size)];
        for (int column = 0; column < Size; column++)
        {
            ReadOnlySpan<double> entries = _factorization.InverseRow(column);
            for (int i = 0; i < entries.Length; i++) triangle[PackedTriangle<float>.Length(column + i) + column] = (float)(factor * entries[i]);
        }

        return triangle;
    }

    internal override double[] Eigenvalues()
    {
        var gram = new SymmetricMatrix(Size);
        for (int i = 0; i < Size; i++)
        {
            Matrix.Row(i).CopyTo(gram.Row(i));
            gram[i, i] -= Penalties[i];
        }

        return SymmetricEigenvalues.Of(gram);
    }
}
