using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Dynamics;

/// <summary>One step of an explicit Runge-Kutta method.</summary>
internal sealed class RungeKuttaStep
{
    private readonly GaussNewtonFlow _field;
    private readonly ButcherTableau _tableau;
    private readonly double[][] _stages;
    private readonly double[] _stage;

    internal RungeKuttaStep(GaussNewtonFlow field, ButcherTableau tableau)
    {
        (_field, _tableau) = (field, tableau);
        _stages = [.. tableau.B.Select(_ => new double[field.Dimension])];
        _stage = new double[field.Dimension];
        Next = new double[field.Dimension];
        Error = new double[field.Dimension];
    }

    /// <summary>y at the end of the step.</summary>
    internal double[] Next { get; }

    /// <summary>The estimated error of <see cref="Next"/>, for an embedded pair.</summary>
    internal double[] Error { get; }

    /// <summary>F at <see cref="Next"/>, where the last stage is that; else null.</summary>
    internal double[]? NextDerivative => _tableau.EndsAtLastStage ? _stages[^1] : null;

    /// <summary>Takes a step.</summary>
    /// <param name="y">The point.</param>
    /// <param name="derivative">F(y).</param>
    /// <param name="length">h.</param>
    /// <returns>False where F does not exist at a stage.</returns>
    internal bool TryTake(ReadOnlySpan<double> y, ReadOnlySpan<double> derivative, double length)
    {
        derivative.CopyTo(_stages[0]);
        for (int i = 1; i < _stages.Length; i++)
        {
            Combine(y, _tableau.A[i], length, _stage);
            if (!_field.TryEvaluate(_stage, _stages[i])) return false;
        }

        Combine(y, _tableau.B, length, Next);
        if (_tableau.ErrorWeights is { } weights)
        {
            Array.Clear(Error);
            for (int i = 0; i < weights.Length; i++) Vectors.AddScaled(_stages[i], length * weights[i], Error);
        }

        return true;
    }

    private void Combine(ReadOnlySpan<double> y, double[] weights, double length, double[] target)
    {
        y.CopyTo(target);
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] != 0) Vectors.AddScaled(_stages[i], length * weights[i], target);
        }
    }
}
