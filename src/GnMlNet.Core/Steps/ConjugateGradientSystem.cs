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
    private readonly double[] _remainder;
    private readonly double[] _preconditioned;
    private readonly double[] _search;
    private readonly double[] _product;
    private double[] _rightSide = [];
    private bool _hasConverged;

    /// <inheritdoc cref="DampedSystem(DifferentiableModel, double)"/>
    internal ConjugateGradientSystem(DifferentiableModel model, double scale = 1)
        : base(model, scale)
    {
        MostIterations = (long)MostRounds * Size;
        (_diagonal, _remainder) = (new double[Size], new double[Size]);
        (_preconditioned, _search, _product) = (new double[Size], new double[Size], new double[Size]);
    }

    internal override StepForm Form => StepForm.MatrixFree;

    /// <summary>Whether it is preconditioned; the diagonal of J^T J must then be cheap, and no column of J 0 without damping.</summary>
    internal bool IsPreconditioned { get; init; }

    /// <summary>The norm of the remainder as a share of that of the right side at which iterations end; that of rounding at first.</summary>
    internal double Accuracy { get; set; } = 1e-14;

    /// <summary>The most iterations, one product each.</summary>
    internal long MostIterations { get; init; }

    /// <summary>Whether the accuracy was reached.</summary>
    internal override bool HasFullRank => _hasConverged;

    internal override ReadOnlySpan<double> Remainder => _remainder;

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
        double goal = Vectors.Norm(_rightSide) * Accuracy;
        Array.Clear(solution);
        _rightSide.CopyTo(_remainder, 0);
        Precondition(damping, metric);
        _preconditioned.CopyTo(_search, 0);
        double slope = Vectors.Dot(_remainder, _preconditioned);
        for (long iteration = 0; iteration < MostIterations && Vectors.Norm(_remainder) > goal; iteration++)
        {
            Multiply(damping, metric);
            double curvature = Vectors.Dot(_search, _product);
            if (!(curvature > 0)) return _hasConverged = false;

            double length = slope / curvature;
            Vectors.AddScaled(_search, length, solution);
            Vectors.AddScaled(_product, -length, _remainder);
            Precondition(damping, metric);
            double next = Vectors.Dot(_remainder, _preconditioned), ratio = next / slope;
            for (int i = 0; i < _search.Length; i++) _search[i] = (ratio * _search[i]) + _preconditioned[i];
            slope = next;
        }

        _hasConverged = Vectors.Norm(_remainder) <= goal;
        return true;
    }

    internal override double[]? Eigenvalues() => null;

    internal override bool TryInvert() => false;

    internal override double InverseDiagonal(int i) => throw new InvalidOperationException("The matrix-free form has no inverse.");

    internal override double InverseForm(ReadOnlySpan<double> vector) => throw new InvalidOperationException("The matrix-free form has no inverse.");

    private static double Damping(double damping, ReadOnlySpan<double> metric, int i) => metric.IsEmpty ? damping : damping * metric[i];

    private void Precondition(double damping, ReadOnlySpan<double> metric)
    {
        _remainder.CopyTo(_preconditioned, 0);
        for (int i = 0; IsPreconditioned && i < _preconditioned.Length; i++) _preconditioned[i] /= _diagonal[i] + Damping(damping, metric, i);
    }

    /// <summary>The damped matrix times the search direction.</summary>
    private void Multiply(double damping, ReadOnlySpan<double> metric)
    {
        Model.MultiplyGram(_search, _product);
        for (int i = 0; i < _product.Length; i++) _product[i] = (Scale * _product[i]) + ((Penalties[i] + Damping(damping, metric, i)) * _search[i]);
    }
}
