namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// A proven bound on how far a double (or a vector of doubles) is from the exact value of what it stands for, given the same inputs.
/// Figures are doubles rounded up; infinity where nothing is proved.
/// </summary>
/// <param name="Quantity">What.</param>
/// <param name="Absolute">The error is at most this, in the Euclidean norm for vectors.</param>
/// <param name="Relative">As a share of the exact value's norm; NaN where that may be zero.</param>
/// <param name="Ulps">In units of 2^-53 of the exact value's norm: how many roundings it amounts to.</param>
/// <param name="AbsoluteBound">The documented bound of the error: what backward error analysis promises.</param>
/// <param name="Bound">That bound as a share of the exact value's norm; NaN where that may be zero.</param>
public readonly record struct CertifiedError(CheckedQuantity Quantity, double Absolute, double Relative, double Ulps, double AbsoluteBound, double Bound)
{
    /// <summary>The certified error as a share of its documented bound; 1 and less is as promised.</summary>
    public double Share => Absolute == 0 ? 0 : Absolute / AbsoluteBound;

    /// <summary>Whether the certified error is proved to be within the documented bound.</summary>
    public Verdict IsWithinBound => Absolute <= AbsoluteBound && double.IsFinite(Absolute) ? Verdict.Proved : Verdict.Undecided;

    /// <summary>Of a number whose exact value lies in a ball.</summary>
    internal static CertifiedError Of(CheckedQuantity quantity, double computed, Ball exact, double promised) =>
        Of(quantity, exact.IsFinite ? Magnitude.Of(Dyadic.FromDouble(computed) - exact.Midpoint) + exact.Radius : Magnitude.Infinity, exact.AbsLower().LowerMagnitude(), promised);

    /// <summary>Of something whose error and size are bounded.</summary>
    internal static CertifiedError Of(CheckedQuantity quantity, Magnitude absolute, Magnitude sizeFromBelow, double promised)
    {
        if (sizeFromBelow.IsZero) return new CertifiedError(quantity, absolute.ToDouble(), double.NaN, double.NaN, promised, double.NaN);
        Magnitude relative = absolute / sizeFromBelow;
        return new CertifiedError(quantity, absolute.ToDouble(), relative.ToDouble(), (relative << 53).ToDouble(), promised, promised / sizeFromBelow.ToDouble());
    }
}
