namespace GnMlNet.Balls;

/// <summary>Upper bounds on norms.</summary>
internal static class Norms
{
    /// <summary>At least the Euclidean norm.</summary>
    public static Magnitude Euclidean(IEnumerable<Dyadic> values) => Euclidean(values.Select(Magnitude.Of));

    /// <summary>At least the Euclidean norm of numbers that are no larger than these.</summary>
    public static Magnitude Euclidean(IEnumerable<Magnitude> bounds)
    {
        Magnitude sum = Magnitude.Zero;
        foreach (Magnitude bound in bounds) sum += bound * bound;
        return sum.SquareRoot();
    }

    /// <summary>A positive number from below, exact up to 53 bits: what may be divided by.</summary>
    public static Magnitude LowerMagnitude(this Dyadic value) => Magnitude.Of(value.Truncate(53));

    /// <summary>At least the Euclidean distance of doubles from exact numbers.</summary>
    public static Magnitude Distance(double[] computed, IReadOnlyList<Dyadic> exact) => Euclidean(computed.Select((entry, i) => Dyadic.FromDouble(entry) - exact[i]));
}
