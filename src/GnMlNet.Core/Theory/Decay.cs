namespace GnMlNet.Core.Theory;

/// <summary>The bound that a rate or a factor means for the gap Delta at a time or after some steps. A rate or factor that is NaN, because its theorem does not apply, gives NaN.</summary>
public static class Decay
{
    /// <summary>Delta exp(-rate t), the right side of (2), (11) and (22) and of the repaired Theorems 1 and 5.</summary>
    /// <param name="gap">The gap at time 0 (the paper has g(0) in (11) and (22)); at least 0.</param>
    /// <param name="rate">The rate.</param>
    /// <param name="time">t, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap or the time is negative or not finite.</exception>
    public static double AfterTime(double gap, double rate, double time) => Argument.NotNegative(gap) * Math.Exp(-rate * Argument.NotNegative(time));

    /// <summary>Delta factor^k, the right side of (14) and of the repaired Theorems 2 and 6.</summary>
    /// <param name="gap">The gap before the first step; at least 0.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="steps">k, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap is negative or not finite, or the number of steps negative.</exception>
    public static double AfterSteps(double gap, double factor, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        return Argument.NotNegative(gap) * Math.Pow(factor, steps);
    }
}
