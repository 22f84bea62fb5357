namespace GnMlNet.Reference.Systems;

/// <summary>
/// The gradient that drives the outputs of a flow, J H^-1 J^T grad g = J d, an n-vector, and its size in the metric M = J H^-1 J^T: |grad g|_M^2 = (J^T grad g) . d.
/// Without damping and with at most as many parameters as rows it is the Riemannian gradient P grad g, and the size is its norm.
/// </summary>
internal sealed class RiemannianGradient
{
    /// <param name="point">What there is to know at a point of a flow.</param>
    /// <param name="direction">d.</param>
    internal RiemannianGradient(EnclosedPoint point, SolutionEnclosure direction)
    {
        ScaledIntegers j = point.Jacobian.Values;
        Values = j.Times(ScaledIntegers.Of(direction.Approximation)).ToDyadics();

        // |(J + dJ)(d + dd) - J d|, and the same for the product of two vectors.
        Magnitude entries = Norms.Euclidean(point.Jacobian.ColumnErrors) * Magnitude.Of((double)j.Rows).SquareRoot(), size = Norms.Euclidean(direction.Approximation);
        Error = ((j.FrobeniusNorm() + entries) * direction.Distance) + (entries * size);
        Magnitude gradientError = Norms.Euclidean(point.GradientErrors), gradient = Norms.Euclidean(point.Gradient);
        Dyadic square = point.Gradient.Zip(direction.Approximation, (g, s) => g * s).Aggregate(Dyadic.Zero, (sum, term) => sum + term);
        SquaredNorm = new Ball(square, ((gradient + gradientError) * direction.Distance) + (gradientError * size));
    }

    /// <summary>J d, approximately.</summary>
    internal Dyadic[] Values { get; }

    /// <summary>A bound on its error in the Euclidean norm.</summary>
    internal Magnitude Error { get; }

    /// <summary>|grad g|_M^2.</summary>
    internal Ball SquaredNorm { get; }
}
