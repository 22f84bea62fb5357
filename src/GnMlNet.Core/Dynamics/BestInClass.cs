using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Dynamics;

/// <summary>
/// An estimate of the best value that a model reaches near a point: Gauss-Newton steps with backtracking until the Riemannian gradient vanishes.
/// Theorem 5's Delta_t is relative to the infimum over the ball B; this is a local minimum that need not lie in B, and no bound for either.
/// </summary>
/// <param name="Loss">The least g(alpha f(w)) found.</param>
/// <param name="RiemannianGradientNorm">|P grad g| there: how far from stationary it still is.</param>
/// <param name="Iterations">How many steps it took.</param>
/// <param name="HasConverged">Whether |P grad g| fell below the tolerance.</param>
public readonly record struct BestInClass(double Loss, double RiemannianGradientNorm, int Iterations, bool HasConverged)
{
    // |P grad g| as a share of |grad g|: the start may be too close to a minimum for its own |P grad g| to be a measure.
    private const double Tolerance = 1e-8;
    private const int MostHalvings = 30;

    /// <summary>Estimates.</summary>
    /// <param name="model">f, with at most as many parameters as outputs.</param>
    /// <param name="loss">g.</param>
    /// <param name="scale">alpha, positive.</param>
    /// <param name="start">w to start from, usually the end of a trajectory.</param>
    /// <param name="maximumIterations">The most steps; at least 0.</param>
    public static BestInClass Estimate(DifferentiableModel model, Loss loss, double scale, ReadOnlySpan<double> start, int maximumIterations = 500)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        new FlowOptions { ScalingFactor = scale }.Validate(model.ParameterCount, model.OutputCount);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumIterations);
        var flow = new GaussNewtonFlow(model, loss, scale, damping: 0, StepForm.Primal);
        double[] parameters = start.ToArray(), trial = new double[parameters.Length], direction = new double[parameters.Length];
        for (int iteration = 0; ; iteration++)
        {
            bool exists = flow.TryEvaluate(parameters);
            double value = flow.LossValue, norm = exists ? Math.Sqrt(flow.Dissipation) : double.NaN;
            bool converged = norm <= Tolerance * Vectors.Norm(flow.OutputGradient);
            if (!exists || converged || iteration == maximumIterations) return new BestInClass(value, norm, iteration, converged);

            flow.Direction.CopyTo(direction, 0);
            double step = 1 / (scale * loss.Smoothness);
            int halvings = 0;
            do
            {
                parameters.CopyTo(trial, 0);
                Vectors.AddScaled(direction, -step, trial);
                step /= 2;
                flow.EvaluateLoss(trial);
            }
            while (!(flow.LossValue < value) && ++halvings < MostHalvings);
            if (halvings == MostHalvings) return new BestInClass(value, norm, iteration, HasConverged: false);
            trial.CopyTo(parameters, 0);
        }
    }
}
