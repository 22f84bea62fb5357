namespace GnMlNet.Ledger.Curves;

/// <summary>Integrals of positive functions: the sum over pieces of their length times what the function can be there.</summary>
internal static class Quadrature
{
    /// <param name="function">Contains the values for all points of its argument.</param>
    /// <param name="low">Left end, an exact number.</param>
    /// <param name="high">Right end, an exact number.</param>
    /// <param name="pieces">How many.</param>
    /// <param name="towards">A point below the left end: pieces shrink in proportion to the distance from it. Without it they are of one length.</param>
    internal static Real Integral(Func<Real, Real> function, Real low, Real high, int pieces, Real? towards = null)
    {
        Real sum = 0, left = low;
        // Approximate cutting points; the last one is the end itself.
        Real ratio = towards is { } point ? (((high - point) / (low - point)).Log() / pieces).Exp() : 1;
        for (int k = 1; k <= pieces; k++)
        {
            Real right = k == pieces ? high : towards is { } pole ? (pole + (ratio * (left - pole))).Middle : (low + ((high - low) * k / pieces)).Middle;
            sum += (right - left) * function(Real.Between(left, right));
            left = right;
        }

        return sum;
    }
}
