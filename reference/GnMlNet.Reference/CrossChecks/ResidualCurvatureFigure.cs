using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The certified error of C+ in the equations of an inexact step, the positive part of sum_j w_j r_j f''(x_j), in the Frobenius norm.</summary>
/// <remarks>docs/crosscheck.md, "Inexact steps".</remarks>
internal static class ResidualCurvatureFigure
{
    /// <param name="iterate">The iterate that the step led to.</param>
    /// <param name="plain">Where the step starts, without penalty.</param>
    /// <param name="equations">The equations of the run.</param>
    /// <param name="promise">What is promised.</param>
    /// <returns>Nothing where C+ takes no part.</returns>
    internal static IEnumerable<CertifiedError> Of(RecordedIterate iterate, EnclosedPoint plain, StepEquations equations, StepPromise promise)
    {
        if (iterate.Inexact is not { ResidualCurvature.Length: > 0 } inexact || equations is not TrainingEquations training) yield break;
        UnitMatrices recorded = training.CurvatureOf(inexact);
        double[] weights = training.MatrixWeights(iterate);
        (ScaledIntegers exact, Magnitude missing) = new CurvatureEnclosure(plain.Layer, plain.Activations).Contract(
            [.. plain.Residuals.Select((residual, j) => Dyadic.FromDouble(weights[j]) * residual)], [.. weights.Select(weight => Magnitude.Of(weight) * plain.ResidualError)]);
        // What is not known of the whole has a rank of at most p.
        Magnitude known = missing * Magnitude.Of((double)training.ParameterCount).SquareRoot();
        PositivePart[] parts = [.. recorded.Blocks.Select((_, i) => PositivePart.Of(UnitMatrices.Part(exact, plain.Layer.Layout, i)))];
        Magnitude apart = Norms.Euclidean(recorded.Blocks.Zip(parts, (block, part) => block.Plus(part.Approximation.Times(-1)).FrobeniusNorm()));
        Magnitude size = Norms.Euclidean(parts.Select(part => part.Approximation.FrobeniusNorm())), error = Norms.Euclidean(parts.Select(part => part.Distance)) + known;
        yield return CertifiedError.Of(CheckedQuantity.ResidualCurvature, apart, error, BelowNorm.MagnitudeOf(size, error), promise.ResidualCurvature(plain));
    }
}
