using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Steps;

/// <summary>
/// The direction: which step s for a given damping mu. Near theta the objective is about E(theta) + 2 g . s + s . A s with
/// A = J^T W J + Lambda and g = J^T W r + Lambda theta (see <see cref="Objectives.PenalizedLeastSquares"/>); with mu s . D s added it is least at
/// <code>
/// (A + mu D) s = -g
/// </code>
/// mu = 0 is the Gauss-Newton step (the paper's rho = 0 and eta = 1); a large mu gives a short step down the gradient
/// (Levenberg 1944, Marquardt 1963). D is a <see cref="DampingMetric"/>. The forms differ in how they solve it, not in what they solve.
/// </summary>
internal abstract class LevenbergMarquardtStep
{
    private const double Tempering = 3.0 / 8;

    // Below this share of the largest diagonal entry a parameter is as good as without influence.
    private const double LeastDiagonal = 1e-12;

    private readonly DampingMetric _metric;

    private protected LevenbergMarquardtStep(int parameterCount, DampingMetric metric)
    {
        _metric = metric;
        Direction = new double[parameterCount];
        Metric = new double[parameterCount];
        Array.Fill(Metric, 1);
    }

    /// <summary>How the equations are solved.</summary>
    internal abstract StepForm Form { get; }

    /// <summary>Whether <see cref="Linearize"/> may be given a curvature that is not exact.</summary>
    internal virtual bool CanApproximateCurvature => false;

    /// <summary>s, the step of the last successful call; p numbers.</summary>
    internal double[] Direction { get; }

    /// <summary>The diagonal of D; p numbers in (0, 1].</summary>
    internal double[] Metric { get; }

    /// <summary>How far the quadratic model says the loss falls along the step, -2 g . s - s . A s; never negative.</summary>
    internal double PredictedReduction { get; private protected set; }

    /// <summary>The largest diagonal entry of A, the scale of the damping; positive.</summary>
    internal abstract double LargestDiagonal();

    /// <summary>
    /// The eigenvalues, ascending, of J^T W J as the last <see cref="Linearize"/> had it or, where there are fewer rows than parameters, of its kernel;
    /// null where neither is formed. Without the penalty. For diagnostics: costs a decomposition.
    /// </summary>
    internal abstract double[]? CurvatureEigenvalues();

    /// <summary>Takes the quadratic model at a point.</summary>
    /// <param name="parameters">theta.</param>
    /// <param name="gradient">g over all rows, p numbers; not changed while steps are computed.</param>
    /// <param name="curvature">What A is made from.</param>
    internal abstract void Linearize(ReadOnlySpan<double> parameters, double[] gradient, Curvature curvature);

    /// <summary>Computes the step.</summary>
    /// <param name="damping">mu, positive, or 0 in the primal form.</param>
    /// <returns>False when A + mu D is not positive definite to working precision, or the step is not finite: more damping is needed.</returns>
    internal abstract bool TryCompute(double damping);

    /// <summary>Sets D from the diagonal of A.</summary>
    private protected void SetMetric(ReadOnlySpan<double> diagonal)
    {
        double largest = Vectors.LargestMagnitude(diagonal);
        if (_metric == DampingMetric.Identity || !(largest > 0)) return;
        for (int i = 0; i < Metric.Length; i++) Metric[i] = Math.Pow(Math.Max(diagonal[i] / largest, LeastDiagonal), Tempering);
    }

    /// <summary>Sets the predicted reduction of a step that solves the equations up to (A + mu D) s + g = <paramref name="remainder"/>.</summary>
    /// <returns>Whether the step is finite.</returns>
    private protected bool Predict(double damping, ReadOnlySpan<double> gradient, ReadOnlySpan<double> remainder = default)
    {
        // A s = remainder - g - mu D s put in: no product with A and no cancellation.
        double square = 0;
        for (int i = 0; i < Direction.Length; i++) square += Metric[i] * Direction[i] * Direction[i];
        PredictedReduction = (damping * square) - Vectors.Dot(Direction, gradient);
        if (!remainder.IsEmpty) PredictedReduction -= Vectors.Dot(Direction, remainder);
        return double.IsFinite(PredictedReduction);
    }
}
