using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>The certified errors of the figures that a flow records beside loss and direction: the sizes of its gradients and the ends of its spectrum. Where there is no figure there is none.</summary>
internal static class FlowFigures
{
    private const int Bits = 128;

    /// <summary>Of |grad g|.</summary>
    internal static IEnumerable<CertifiedError> OfOutputGradient(RecordedIterate iterate, EnclosedPoint point, double[] weights, RoundingAnalysis analysis)
    {
        if (double.IsNaN(iterate.OutputGradientNorm)) yield break;
        // |grad g|^2 = sum_j (2 w_j r_j)^2.
        (Dyadic square, Magnitude error) = WeightedSquares.Of([.. weights.Select(_ => 1.0)], [.. point.Residuals.Select((r, j) => (Dyadic.FromDouble(weights[j]) * r) << 1)], GreatestError(point, weights));
        var norm = Ball.Sqrt(new Ball(square, error), Bits);
        yield return CertifiedError.Of(CheckedQuantity.OutputGradientNorm, iterate.OutputGradientNorm, norm, analysis.OutputGradientNorm(norm.Midpoint.ToDouble()));
    }

    /// <summary>Of |grad g| in the metric.</summary>
    internal static IEnumerable<CertifiedError> OfRiemannianGradient(
        RecordedIterate iterate, EnclosedPoint point, SolutionEnclosure direction, RoundingAnalysis analysis, double promisedDirection)
    {
        if (double.IsNaN(iterate.RiemannianGradientNorm)) yield break;
        if (!direction.Distance.IsFinite || !double.IsFinite(promisedDirection))
        {
            yield return OfRecordedDirection(iterate, point, analysis);
            yield break;
        }

        var norm = Ball.Sqrt(RiemannianGradient.SquaredNorm(point, direction), Bits);
        double promised = analysis.MetricNorm(
            analysis.Gradient(2), promisedDirection, Norms.Euclidean(point.Gradient).ToDouble(), Norms.Euclidean(direction.Approximation).ToDouble(), norm.Midpoint.ToDouble());
        yield return CertifiedError.Of(CheckedQuantity.RiemannianGradientNorm, iterate.RiemannianGradientNorm, norm, promised);
    }

    /// <summary>Of the root of J^T grad g . d with the direction d that was recorded, where the exact one is not known: it needs no inverse.</summary>
    private static CertifiedError OfRecordedDirection(RecordedIterate iterate, EnclosedPoint point, RoundingAnalysis analysis)
    {
        Dyadic[] direction = [.. iterate.Direction.Select(Dyadic.FromDouble)];
        Magnitude size = Norms.Euclidean(direction), gradient = Norms.Euclidean(point.Gradient);
        Dyadic square = point.Gradient.Zip(direction, (g, d) => g * d).Aggregate(Dyadic.Zero, (sum, term) => sum + term);
        // A direction that was computed may make it negative by rounding, which is taken for zero.
        var norm = Ball.Sqrt(new Ball(square.Sign < 0 ? Dyadic.Zero : square, Norms.Euclidean(point.GradientErrors) * size), Bits);
        double promised = analysis.MetricNorm(analysis.Gradient(2), 0, gradient.ToDouble(), size.ToDouble(), norm.Midpoint.ToDouble());
        return CertifiedError.Of(CheckedQuantity.RiemannianGradientNorm, iterate.RiemannianGradientNorm, norm, promised);
    }

    /// <summary>Of the extreme eigenvalues of the smaller Gram matrix.</summary>
    internal static IEnumerable<CertifiedError> OfSpectrum(RecordedIterate iterate, EnclosedPoint point, RoundingAnalysis analysis)
    {
        if (double.IsNaN(iterate.SmallestEigenvalue) || double.IsNaN(iterate.LargestEigenvalue)) yield break;
        (EigenvalueBound smallest, EigenvalueBound largest) = SmallerGram.Spectrum(point);
        double promised = analysis.Eigenvalue();
        yield return CertifiedError.Of(CheckedQuantity.SmallestEigenvalue, iterate.SmallestEigenvalue, smallest.ToBall(), promised);
        yield return CertifiedError.Of(CheckedQuantity.LargestEigenvalue, iterate.LargestEigenvalue, largest.ToBall(), promised);
    }

    private static Magnitude GreatestError(EnclosedPoint point, double[] weights) => (weights.Select(Magnitude.Of).Aggregate(Magnitude.Max) * point.ResidualError) << 1;
}
