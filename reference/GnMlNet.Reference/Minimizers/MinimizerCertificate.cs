namespace GnMlNet.Reference.Minimizers;

/// <summary>What Newton and Kantorovich prove of weights: docs/certify.md has the theorem. Figures are those of F = E/2, as training computes gradient and curvature; those of E are called objective.</summary>
/// <param name="Verdict">What is proved.</param>
/// <param name="Objective">Contains E at the weights.</param>
/// <param name="Squares">Contains its part without the penalty, the weighted mean of squared errors.</param>
/// <param name="GradientNorm">Contains |g| at the weights.</param>
/// <param name="SmallestEigenvalue">Lies between these: the smallest eigenvalue of H at the weights; null where nothing is known on a side.</param>
/// <param name="NewtonStep">eta: at least |H^-1 g|; infinite where H is not proved to be positive definite.</param>
/// <param name="Modulus">K: H changes by at most this times the distance, within <paramref name="Radius"/>.</param>
/// <param name="Radius">Of the ball around the weights that was looked at.</param>
/// <param name="Criterion">At least h = K eta / lambda_min, which has to be below 1/2.</param>
/// <param name="Existence">Certified: the minimum is within this distance.</param>
/// <param name="Uniqueness">Certified: there is no other stationary point within this.</param>
/// <param name="ObjectiveGap">Certified: E at the weights is at most this above E at the minimum, and not below it.</param>
/// <param name="SmallestEigenvalueAtMinimum">Certified: at most the smallest eigenvalue of H at the minimum; positive.</param>
/// <param name="Direction">Of negative curvature, of about unit length; empty where none is proved.</param>
/// <param name="Curvature">Contains v^T H v / v^T v of it.</param>
/// <param name="NoMinimumWithin">No local minimum lies within this distance of the weights; 0 where nothing is proved.</param>
public sealed record MinimizerCertificate(
    MinimizerVerdict Verdict,
    Ball Objective,
    Ball Squares,
    Ball GradientNorm,
    (Dyadic? Lower, Dyadic? Upper) SmallestEigenvalue,
    Magnitude NewtonStep,
    Magnitude Modulus,
    Magnitude Radius,
    Magnitude Criterion,
    Magnitude Existence,
    Dyadic Uniqueness,
    Magnitude ObjectiveGap,
    Dyadic SmallestEigenvalueAtMinimum,
    IReadOnlyList<double> Direction,
    Ball Curvature,
    Dyadic NoMinimumWithin)
{
    /// <summary>The steps that h below 1/2 allows: |H^-1 g| may be below this.</summary>
    public Dyadic GreatestStep => SmallestEigenvalue.Lower is { Sign: > 0 } smallest ? Quotient(smallest, Modulus.ToDyadic() << 1) : Dyadic.Zero;

    /// <summary>A gradient that is certainly small enough: |g| below lambda_min^2/(2 K).</summary>
    public Dyadic GreatestGradient => SmallestEigenvalue.Lower is { Sign: > 0 } smallest ? Quotient(smallest * smallest, Modulus.ToDyadic() << 1) : Dyadic.Zero;

    /// <summary>Whether the gradient is so small beside the negative curvature v, below v^2/(2 K), that the weights look like those of a saddle; a description, not a claim.</summary>
    public bool LooksLikeSaddle => Verdict == MinimizerVerdict.NegativeCurvature && GradientNorm.AbsUpper().ToDyadic() < Quotient(Curvature.Upper * Curvature.Upper, Modulus.ToDyadic() << 1);

    private static Dyadic Quotient(Dyadic a, Dyadic b) => b.IsZero ? Dyadic.Zero : DyadicQuotient.Down(a, b);
}
