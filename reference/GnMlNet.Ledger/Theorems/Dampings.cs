namespace GnMlNet.Ledger.Theorems;

/// <summary>The dampings that instances take in turn: below, at and above lambda_0^2, and plain gradient flow.</summary>
internal static class Dampings
{
    /// <param name="index">The number of the instance.</param>
    /// <param name="constants">Its constants.</param>
    /// <param name="leastShift">The least damping is about 2^leastShift lambda_0^2.</param>
    internal static Real At(int index, Constants constants, int leastShift)
    {
        Real square = constants.Lambda0.Square();
        return (index % 4) switch
        {
            0 => ScalingFactor.Below(square.Shift(leastShift)),
            1 => ScalingFactor.Below(square),
            2 => ScalingFactor.Below(Real.Min(1, square.Shift(6))),
            _ => 1,
        };
    }
}
