using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Steps;

/// <summary>
/// The direction: which step s for a given damping mu. The quadratic model of <see cref="Linearization"/> plus mu |s|^2 is least at
/// <code>
/// (A + mu I) s = -g
/// </code>
/// mu = 0 is the Gauss-Newton step (the paper's rho = 0 and eta = 1); a large mu gives a short step down the gradient
/// (Levenberg 1944, Marquardt 1963). The primal form: one Cholesky factorization of a p x p matrix.
/// </summary>
internal sealed class LevenbergMarquardtStep(int parameterCount)
{
    private readonly Cholesky _factorization = new(parameterCount);

    /// <summary>s, the step of the last successful call; p numbers.</summary>
    internal double[] Direction { get; } = new double[parameterCount];

    /// <summary>How far the quadratic model says the loss falls along the step: s . (mu s - g), never negative.</summary>
    internal double PredictedReduction { get; private set; }

    /// <summary>Computes the step.</summary>
    /// <param name="model">The quadratic model at the current point.</param>
    /// <param name="damping">mu, at least 0.</param>
    /// <returns>False when A + mu I is not positive definite to working precision, or the step is not finite: more damping is needed.</returns>
    internal bool TryCompute(Linearization model, double damping)
    {
        if (!_factorization.TryFactor(model.Matrix, damping)) return false;

        for (int i = 0; i < Direction.Length; i++) Direction[i] = -model.Gradient[i];
        _factorization.Solve(Direction);

        // -2 g.s - s.A s, with A s = -g - mu s put in: no product with A and no cancellation.
        PredictedReduction = (damping * Vectors.Dot(Direction, Direction)) - Vectors.Dot(Direction, model.Gradient);
        return double.IsFinite(PredictedReduction);
    }
}
