namespace GnMlNet.Core.Objectives;

/// <summary>
/// The weight of a residual in iteratively reweighted least squares, with z the residual over the scale of the noise:
/// <code>
/// w(z) = 1 for |z| up to d,   d/|z| up to c (Huber 1964),   d c/z^2 beyond
/// </code>
/// The force w z of an outlier on the fit is at most d. Huber's weight alone would leave w z^2 without bound, and evidence takes the noise from this square: one label far enough off would drown all others in noise.
/// With the last piece w z^2 is at most d c, the weighted squares of all rows stay bounded, and so does what is measured from them: the label's mean and deviation, the noise, the penalties. Of normal residuals 0.3% lie there.
/// </summary>
internal static class HuberWeight
{
    /// <summary>d: 95% efficiency with normal noise (Holland and Welsch 1977; Huber 1981).</summary>
    internal const double Threshold = 1.345;

    /// <summary>c.</summary>
    internal const double Far = 3;

    /// <summary>The weight at c: rows of less weight are taken for outliers.</summary>
    internal const double OfOutlier = Threshold / Far;

    // Weights must be positive.
    private const double Least = 1e-100;

    /// <summary>w(z), in (0, 1].</summary>
    internal static double Of(double z)
    {
        double size = Math.Abs(z);
        return size <= Threshold ? 1 : Math.Max(Least, Threshold / size * Math.Min(1, Far / size));
    }
}
