using GnMlNet.Core.Dynamics;

namespace GnMlNet.Cli.Reproducing;

/// <summary>What happened for one value of alpha.</summary>
/// <param name="ScalingFactor">alpha.</param>
/// <param name="GaussNewton">The Gauss-Newton flow, Euler steps, rho = 0.</param>
/// <param name="GradientFlow">The gradient flow, rho = 1, integrated adaptively.</param>
/// <param name="BestInClass">An estimate of the best value near the end of the Gauss-Newton flow.</param>
internal sealed record ScaledFlow(double ScalingFactor, Trajectory GaussNewton, Trajectory GradientFlow, BestInClass BestInClass)
{
    internal double FinalLoss => GaussNewton.Points[^1].Loss;

    /// <summary>The first recorded time at which the Gauss-Newton flow is as low as the gradient flow at its end, or infinity.</summary>
    internal double TimeToBeatGradientFlow
    {
        get
        {
            double goal = GradientFlow.Points[^1].Loss;
            return GaussNewton.Points.Where(point => point.Loss <= goal).Select(point => point.Time).DefaultIfEmpty(double.PositiveInfinity).First();
        }
    }

    /// <summary>How many times the loss was higher than at the recorded point before, by more than rounding.</summary>
    internal int LossRises => GaussNewton.Points.Skip(1).Zip(GaussNewton.Points, (point, before) => point.Loss > before.Loss * (1 + 1e-9)).Count(rises => rises);

    /// <summary>
    /// The rate at which the Riemannian gradient decays, -d ln|P grad g|/dt, fitted by least squares to the second half of the time as far as the gradient stands out of rounding;
    /// NaN where too little does.
    /// </summary>
    internal double GradientDecayRate
    {
        get
        {
            double least = 1e-10 * GaussNewton.Points[0].RiemannianGradientNorm;
            FlowPoint[] late = [.. GaussNewton.Points.Where(point => point.Time >= GaussNewton.EndTime / 2 && point.RiemannianGradientNorm > least)];
            if (late.Length < 10) return double.NaN;
            return -MathNet.Numerics.Fit.Line([.. late.Select(point => point.Time)], [.. late.Select(point => Math.Log(point.RiemannianGradientNorm))]).B;
        }
    }
}
