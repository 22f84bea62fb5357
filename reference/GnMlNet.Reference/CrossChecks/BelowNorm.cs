namespace GnMlNet.Reference.CrossChecks;

/// <summary>Lower bounds of sizes whose upper bounds <see cref="Norms"/> computed.</summary>
internal static class BelowNorm
{
    /// <summary>A lower bound of a size known to within an error; zero where it may vanish.</summary>
    internal static Dyadic Of(Magnitude size, Magnitude error)
    {
        if (!size.IsFinite || !error.IsFinite || size.IsZero) return Dyadic.Zero;
        // An operation on magnitudes exceeds the exact result by at most 2^-51 of it, so the norm of N numbers exceeds theirs by less than (N + 4) 2^-51 of it: 2^-20 for any N up to 2^30.
        Dyadic lower = size.ToDyadic() - (size << -20).ToDyadic() - error.ToDyadic();
        return lower.Sign > 0 ? lower : Dyadic.Zero;
    }

    /// <summary>The same as a magnitude, rounded down.</summary>
    internal static Magnitude MagnitudeOf(Magnitude size, Magnitude error) => Of(size, error).LowerMagnitude();

    /// <summary>A double that is at most the number.</summary>
    internal static double RoundDown(Dyadic value)
    {
        double nearest = value.ToDouble();
        return !double.IsFinite(nearest) || Dyadic.FromDouble(nearest) > value ? Math.BitDecrement(nearest) : nearest;
    }
}
