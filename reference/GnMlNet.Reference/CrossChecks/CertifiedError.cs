namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// Proven bounds on how far a double (or a vector of doubles) is from the exact value of what it stands for, given the same inputs.
/// Upper bounds are doubles rounded up, infinity where nothing is proved; the lower bound is rounded down.
/// </summary>
/// <param name="Quantity">What.</param>
/// <param name="Absolute">The error is at most this, in the Euclidean norm for vectors.</param>
/// <param name="AtLeast">The error is at least this.</param>
/// <param name="Relative">At most this share of the exact value's norm; NaN where that may be zero.</param>
/// <param name="Ulps">In units of 2^-53 of the exact value's norm: how many roundings it amounts to.</param>
/// <param name="AbsoluteBound">The documented bound of the error: what backward error analysis promises.</param>
/// <param name="Bound">That bound as a share of the exact value's norm; NaN where that may be zero.</param>
public readonly record struct CertifiedError(CheckedQuantity Quantity, double Absolute, double AtLeast, double Relative, double Ulps, double AbsoluteBound, double Bound)
{
    /// <summary>The certified error as a share of its documented bound; 1 and less is as promised.</summary>
    public double Share => Absolute == 0 ? 0 : Absolute / AbsoluteBound;

    /// <summary>Proved where the error is at most the documented bound, refuted where it is more, undecided where the enclosure is too wide to tell or there is no bound.</summary>
    public Verdict IsWithinBound
    {
        get
        {
            if (!double.IsFinite(AbsoluteBound)) return Verdict.Undecided;
            if (double.IsFinite(Absolute) && Absolute <= AbsoluteBound) return Verdict.Proved;
            return AtLeast > AbsoluteBound ? Verdict.Refuted : Verdict.Undecided;
        }
    }

    /// <summary>Of a number whose exact value lies in a ball.</summary>
    internal static CertifiedError Of(CheckedQuantity quantity, double computed, Ball exact, double promised) => exact.IsFinite
        ? Of(quantity, Magnitude.Of(Dyadic.FromDouble(computed) - exact.Midpoint), exact.Radius, exact.AbsLower().LowerMagnitude(), promised)
        : Of(quantity, Magnitude.Zero, Magnitude.Infinity, Magnitude.Zero, promised);

    /// <summary>Of something at a distance from an approximation of its exact value.</summary>
    /// <param name="quantity">What.</param>
    /// <param name="distance">The distance, as <see cref="Norms"/> computes it.</param>
    /// <param name="error">How far the approximation may be from the exact value.</param>
    /// <param name="sizeFromBelow">At most the size of the exact value.</param>
    /// <param name="promised">The documented bound.</param>
    internal static CertifiedError Of(CheckedQuantity quantity, Magnitude distance, Magnitude error, Magnitude sizeFromBelow, double promised)
    {
        Magnitude absolute = distance + error;
        double atLeast = BelowNorm.RoundDown(BelowNorm.Of(distance, error));
        if (sizeFromBelow.IsZero) return new CertifiedError(quantity, absolute.ToDouble(), atLeast, double.NaN, double.NaN, promised, double.NaN);
        Magnitude relative = absolute / sizeFromBelow;
        return new CertifiedError(quantity, absolute.ToDouble(), atLeast, relative.ToDouble(), (relative << 53).ToDouble(), promised, promised / sizeFromBelow.ToDouble());
    }
}
