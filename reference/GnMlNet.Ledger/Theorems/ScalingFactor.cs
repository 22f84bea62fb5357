namespace GnMlNet.Ledger.Theorems;

/// <summary>Short exact numbers next to enclosed ones, as scaling factors, dampings and time steps.</summary>
internal static class ScalingFactor
{
    private const int KeptBits = 10;

    /// <summary>An exact number of eleven bits that is greater, by at most a few parts in a thousand.</summary>
    internal static Real Above(Real value)
    {
        Dyadic upper = value.Ball.Upper, kept = upper.Truncate(KeptBits);
        return Real.Exact(kept + (Dyadic.One << (upper.TopExponent - KeptBits)), value.Bits);
    }

    /// <summary>An exact number of ten bits that is at most the value, which is positive.</summary>
    internal static Real Below(Real value) => Real.Exact(value.Ball.Lower.Truncate(KeptBits), value.Bits);
}
