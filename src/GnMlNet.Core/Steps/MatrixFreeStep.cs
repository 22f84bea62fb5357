using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// The matrix-free form: conjugate gradients on (A + mu D) s = -g with products A v = J^T (W (J v)) + Lambda v from the factors of J, preconditioned
/// by the diagonal of A + mu D. Memory is a few vectors of p numbers. The step is inexact: its remainder is counted in the predicted reduction
/// (Nocedal and Wright, Numerical Optimization, 2006, section 7.1).
/// </summary>
internal sealed class MatrixFreeStep : LevenbergMarquardtStep
{
    // An inexact step is as good as an exact one while the quadratic model itself is inexact; near a minimum the remainder must vanish too.
    private const double GreatestRemainder = 0.1;
    private const int MostIterations = 300;

    private readonly PenalizedLeastSquares _objective;
    private readonly WeightedJacobian _jacobian;
    private readonly double[] _diagonal;
    private readonly double[] _remainder;
    private readonly double[] _preconditioned;
    private readonly double[] _search;
    private readonly double[] _product;
    private double[] _gradient = [];
    private double _firstGradientNorm;

    internal MatrixFreeStep(PenalizedLeastSquares objective, DampingMetric metric) : base(objective.Trained.Count, metric)
    {
        int count = objective.Trained.Count;
        _objective = objective;
        _jacobian = new WeightedJacobian(objective);
        (_diagonal, _remainder, _preconditioned, _search, _product) = (new double[count], new double[count], new double[count], new double[count], new double[count]);
    }

    internal override StepForm Form => StepForm.MatrixFree;

    /// <summary>How many products with A the last step took.</summary>
    internal int Iterations { get; private set; }

    internal override double LargestDiagonal() => Vectors.LargestMagnitude(_diagonal);

    internal override double[]? CurvatureEigenvalues() => null;

    internal static double Bytes(TrainedParameters trained) => 24.0 * sizeof(double) * trained.LongCount;

    internal override void Linearize(ReadOnlySpan<double> parameters, double[] gradient, Curvature curvature)
    {
        _jacobian.MoveTo(parameters);
        _gradient = gradient;
        if (_firstGradientNorm == 0) _firstGradientNorm = Vectors.Norm(gradient);
        _jacobian.SquareColumns(_diagonal);
        for (int i = 0; i < _diagonal.Length; i++) _diagonal[i] += _objective.PenaltyOf(i);
        SetMetric(_diagonal);
    }

    internal override bool TryCompute(double damping)
    {
        double gradientNorm = Vectors.Norm(_gradient);
        double goal = gradientNorm * Math.Min(GreatestRemainder, Math.Sqrt(gradientNorm / _firstGradientNorm));
        Array.Clear(Direction);
        _gradient.CopyTo(_remainder, 0);
        Precondition(damping);
        for (int i = 0; i < _search.Length; i++) _search[i] = -_preconditioned[i];
        double slope = Vectors.Dot(_remainder, _preconditioned);
        for (Iterations = 0; Iterations < MostIterations && Vectors.Norm(_remainder) > goal; Iterations++)
        {
            Multiply(_search, damping);
            double curvature = Vectors.Dot(_search, _product);
            if (!(curvature > 0)) return false;

            double length = slope / curvature;
            Vectors.AddScaled(_search, length, Direction);
            Vectors.AddScaled(_product, length, _remainder);
            Precondition(damping);
            double next = Vectors.Dot(_remainder, _preconditioned), ratio = next / slope;
            for (int i = 0; i < _search.Length; i++) _search[i] = (ratio * _search[i]) - _preconditioned[i];
            slope = next;
        }

        return Predict(damping, _gradient, _remainder);
    }

    private void Precondition(double damping)
    {
        for (int i = 0; i < _preconditioned.Length; i++) _preconditioned[i] = _remainder[i] / (_diagonal[i] + (damping * Metric[i]));
    }

    /// <summary>_product = (A + mu D) v.</summary>
    private void Multiply(double[] v, double damping)
    {
        _jacobian.MultiplyGram(v, _product);
        for (int i = 0; i < v.Length; i++) _product[i] += (_objective.PenaltyOf(i) + (damping * Metric[i])) * v[i];
    }
}
