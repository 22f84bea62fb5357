using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Minimizers;

/// <summary>Brings weights to a minimum: damped Newton steps in double until these gain nothing more, then Newton steps in exact arithmetic, then one rounding to doubles.</summary>
public sealed class Polish
{
    private const int Bits = 256, MostExactSteps = 12;

    // Steps below this share of the weights change no double.
    private const int EnoughBits = 110;

    /// <summary>What polishing came to.</summary>
    /// <param name="Weights">The weights, as a model saves them.</param>
    /// <param name="DampedSteps">How many steps in double.</param>
    /// <param name="ExactSteps">How many in exact arithmetic.</param>
    /// <param name="EndsAtMinimum">Whether every Hessian of the exact steps was proved to be positive definite and the steps vanished.</param>
    /// <param name="Moved">How far the weights are from where they began, in the units of training.</param>
    public sealed record Result(double[] Weights, int DampedSteps, int ExactSteps, bool EndsAtMinimum, double Moved);

    /// <summary>Polishes.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">The weights as they are saved.</param>
    /// <param name="units">How they are saved, or null where they are saved in the units of the objective.</param>
    /// <param name="mostSteps">The greatest number of damped steps.</param>
    /// <param name="progress">Told of F and |g| before every damped step.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static Result Run(
        TrainingObjective objective, double[] start, AffineUnits? units, int mostSteps, Action<double, double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(start);
        Dyadic[] theta = (units?.ToTraining(start) ?? WeightsInUnits.Exactly(start)).Ball.Center, first = theta;
        (double[] descended, int damped) = DampedNewton.Descend(new ApproximateObjective(objective), [.. theta.Select(weight => weight.ToDouble())], mostSteps, progress, cancellation);
        // What is at a minimum already keeps its digits.
        if (damped > 0) theta = [.. descended.Select(Dyadic.FromDouble)];
        bool ends = false;
        int exact = 0;
        for (; exact < MostExactSteps && !ends; exact++)
        {
            cancellation.ThrowIfCancellationRequested();
            ObjectivePoint at = objective.At(new ParameterBall(theta, Magnitude.Zero), Bits);
            HessianEnclosure hessian = objective.HessianAt(at.Point);
            SolutionEnclosure solution = SolutionEnclosure.Of(new DenseSystem(hessian.Matrix, hessian.Error, [.. at.Point.Gradient.Select(entry => -entry)], at.Point.GradientErrors, atLeast: Dyadic.Zero));
            if (solution.SmallestEigenvalue is null || !solution.Distance.IsFinite) break;
            theta = [.. theta.Zip(solution.Approximation, (a, b) => (a + b).RoundTo(-Bits))];
            ends = Norms.Euclidean(solution.Approximation) << EnoughBits < Norms.Euclidean(theta);
        }

        double[] saved = units?.ToSaved(theta) ?? [.. theta.Select(weight => weight.ToDouble())];
        return new Result(saved, damped, exact, ends, Norms.Euclidean(theta.Zip(first, (a, b) => a - b)).ToDouble());
    }
}
