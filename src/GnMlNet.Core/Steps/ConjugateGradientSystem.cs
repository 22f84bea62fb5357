using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// The matrix-free form: conjugate gradients with products J^T (J v), preconditioned by the diagonal of the damped matrix where that is asked for. Memory is a
/// few vectors of p numbers. The solution is as exact as <see cref="Accuracy"/> asks for (Nocedal and Wright, Numerical Optimization, 2006, section 7.1).
/// </summary>
internal sealed class ConjugateGradientSystem : DampedSystem
{
    // In exact arithmetic p steps are enough; rounding delays an ill-conditioned system.
    private const int MostRounds = 20;

    private readonly double[] _diagonal;
    private readonly double[] _shift;
    private readonly ConjugateGradients _solver;
    private double[] _rightSide = [];

    /// <inheritdoc cref="DampedSystem(DifferentiableModel, double)"/>
    internal ConjugateGradientSystem(DifferentiableModel model, double scale = 1)
        : base(model, scale)
    {
        MostIterations = (long)MostRounds * Size;
        (_diagonal, _shift) = (new double[Size], new double[Size]);
        _solver = new ConjugateGradients(Size, Multiply, Precondition);
    }

    internal override StepForm Form => StepForm.MatrixFree;

    /// <summary>Whether it is preconditioned; the diagonal of J^T J must then be cheap, and no column of J 0 without damping.</summary>
    internal bool IsPreconditioned { get; init; }

    /// <summary>The norm of the remainder as a share of that of the right side at which iterations end; that of rounding at first.</summary>
    internal double Accuracy { get; set; } = 1e-14;

    /// <summary>The most iterations, one product each.</summary>
    internal long MostIterations { get; init; }

    /// <summary>Whether the accuracy was reached.</summary>
    internal override bool HasFullRank => _solver.HasConverged;

    internal override ReadOnlySpan<double> Remainder => _solver.Remainder;

    internal override ReadOnlySpan<double> Diagonal() => _diagonal;

    internal static double Bytes(TrainedParameters trained) => 24.0 * sizeof(double) * trained.LongCount;

    internal override void Assemble(ReadOnlySpan<double> penalties, CurvatureSample? sample = null)
    {
        TakePenalties(penalties);
        if (IsPreconditioned) ComputeDiagonal(_diagonal);
    }

    internal override void SetRightSide(ReadOnlySpan<double> rows, ReadOnlySpan<double> offset, double[] sum) => _rightSide = sum;

    internal override bool TrySolve(double damping, ReadOnlySpan<double> metric, double[] solution)
    {
        for (int i = 0; i < _shift.Length; i++) _shift[i] = metric.IsEmpty ? damping : damping * metric[i];
        return _solver.Solve(_rightSide, Accuracy, RemainderNorm.Euclidean, MostIterations, solution);
    }

    internal override double[]? Eigenvalues() => null;

    internal override bool TryInvert() => false;

    internal override double InverseDiagonal(int i) => throw new InvalidOperationException("The matrix-free form has no inverse.");

    internal override double InverseForm(ReadOnlySpan<double> vector) => throw new InvalidOperationException("The matrix-free form has no inverse.");

    private void Precondition(double[] vector)
    {
        for (int i = 0; IsPreconditioned && i < vector.Length; i++) vector[i] /= _diagonal[i] + _shift[i];
    }

    /// <summary>The damped matrix times a vector.</summary>
    private void Multiply(double[] vector, double[] product)
    {
        Model.MultiplyGram(vector, product);
        for (int i = 0; i < product.Length; i++) product[i] = (Scale * product[i]) + ((Penalties[i] + _shift[i]) * vector[i]);
    }
}
