using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The certified errors of the figures that training records beside loss and step.</summary>
internal static class TrainingFigures
{
    private const double Unit = 1.0 / (1L << 53);

    /// <summary>Of the loss without penalty and of the largest magnitude in the gradient.</summary>
    /// <param name="iterate">The iterate.</param>
    /// <param name="plain">What there is to know at it.</param>
    /// <param name="penalized">The same with the penalty.</param>
    /// <param name="analysis">What is promised there.</param>
    internal static IEnumerable<CertifiedError> Of(RecordedIterate iterate, EnclosedPoint plain, EnclosedPoint penalized, RoundingAnalysis analysis)
    {
        double penalty = Math.Abs((penalized.Loss - plain.Loss).ToDouble());
        if (double.IsFinite(iterate.MeanSquaredError))
            yield return CertifiedError.Of(CheckedQuantity.MeanSquaredError, iterate.MeanSquaredError, new Ball(plain.Loss, plain.LossError), analysis.MeanSquaredError(penalty));
        if (!double.IsFinite(iterate.GradientNorm)) yield break;
        Dyadic largest = penalized.Gradient.Select(entry => entry.Abs()).Aggregate(Dyadic.Zero, (a, b) => a < b ? b : a);
        Magnitude error = penalized.GradientErrors.Aggregate(Magnitude.Zero, Magnitude.Max);
        yield return CertifiedError.Of(CheckedQuantity.GradientNorm, iterate.GradientNorm, new Ball(largest, error), analysis.Gradient(1));
    }

    /// <summary>
    /// Of the gain ratio q, the fall of the loss over the predicted fall P: what is compared is q P with the fall, which asks nothing of P. By the equations of the step P is
    /// mu s . D s - s . g, with the recorded step s and the exact gradient g where it starts; an inexact step adds s . r, r the remainder that it says.
    /// </summary>
    /// <param name="iterate">The iterate that the step led to.</param>
    /// <param name="start">Where the step starts, with its penalty.</param>
    /// <param name="end">Where the whole of it ends, with the same penalty.</param>
    /// <param name="promise">What is promised.</param>
    internal static IEnumerable<CertifiedError> OfGain(RecordedIterate iterate, EnclosedPoint start, EnclosedPoint end, StepPromise promise)
    {
        // A shorter share says no gain, and a rule says when.
        if (double.IsNaN(iterate.GainRatio) || promise.IsInexact || iterate.Inexact is { Share: < 1 }) yield break;
        double[] remainder = iterate.Inexact?.Remainder ?? [];
        Dyadic damped = Dyadic.Zero, slope = Dyadic.Zero, gain = Dyadic.FromDouble(iterate.GainRatio);
        Magnitude slopeError = Magnitude.Zero;
        for (int i = 0; i < iterate.Step.Length; i++)
        {
            Dyadic step = Dyadic.FromDouble(iterate.Step[i]);
            damped += Dyadic.FromDouble(iterate.Metric[i]) * step * step;
            slope += step * start.Gradient[i];
            slopeError += Magnitude.Of(step) * start.GradientErrors[i];
        }

        Dyadic left = Dyadic.Zero;
        for (int i = 0; i < remainder.Length; i++) left += Dyadic.FromDouble(iterate.Step[i]) * Dyadic.FromDouble(remainder[i]);
        damped *= Dyadic.FromDouble(iterate.Damping);
        Dyadic fall = start.Loss - end.Loss, predicted = damped - slope + left;
        RoundingAnalysis before = promise.Analyze(start), after = promise.Analyze(end);
        double length = Norms.Euclidean(iterate.Step.Select(Magnitude.Of)).ToDouble(), gradient = Norms.Euclidean(start.Gradient).ToDouble() + Norms.Euclidean(remainder.Select(Magnitude.Of)).ToDouble();
        double sums = ((iterate.Step.Length + 6) * Unit * (damped.ToDouble() + (length * gradient))) + (length * before.Gradient(1));
        double promised = before.Loss + after.Loss + (Unit * Math.Abs(fall.ToDouble())) + (Math.Abs(iterate.GainRatio) * (sums + (2 * Unit * Math.Abs(predicted.ToDouble()))));
        Magnitude width = start.LossError + end.LossError + (Magnitude.Of(gain) * slopeError);
        yield return CertifiedError.Of(CheckedQuantity.GainRatio, Magnitude.Of((gain * predicted) - fall), width, BelowNorm.MagnitudeOf(Magnitude.Of(fall), width), promised);
    }
}
