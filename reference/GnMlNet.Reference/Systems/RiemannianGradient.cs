namespace GnMlNet.Reference.Systems;

/// <summary>
/// The gradient that drives the outputs of a flow, J H^-1 J^T grad g = J d, in the metric M = J H^-1 J^T. Without damping and with at most as many parameters as rows
/// it is the Riemannian gradient P grad g, and the size is its norm.
/// </summary>
internal static class RiemannianGradient
{
    /// <summary>|grad g|_M^2 = (J^T grad g) . d.</summary>
    /// <param name="point">What there is to know at a point of a flow.</param>
    /// <param name="direction">d.</param>
    internal static Ball SquaredNorm(EnclosedPoint point, SolutionEnclosure direction)
    {
        // |(b + db) . (d + dd) - b . d| for the gradient b.
        Magnitude gradientError = Norms.Euclidean(point.GradientErrors), gradient = Norms.Euclidean(point.Gradient);
        Magnitude size = Norms.Euclidean(direction.Approximation);
        Dyadic square = point.Gradient.Zip(direction.Approximation, (g, s) => g * s).Aggregate(Dyadic.Zero, (sum, term) => sum + term);
        return new Ball(square, ((gradient + gradientError) * direction.Distance) + (gradientError * size));
    }
}
