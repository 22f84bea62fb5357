using GnMlNet.Balls;

namespace GnMlNet.Reference.Numbers;

/// <summary>Upper bounds on norms.</summary>
internal static class Norms
{
    /// <summary>At least the Euclidean norm.</summary>
    internal static Magnitude Euclidean(IEnumerable<Dyadic> values) => Euclidean(values.Select(UpperBound));

    /// <summary>At least the Euclidean norm of numbers that are no larger than these.</summary>
    internal static Magnitude Euclidean(IEnumerable<Magnitude> bounds)
    {
        Magnitude sum = Magnitude.Zero;
        foreach (Magnitude bound in bounds) sum += bound * bound;
        return sum.SquareRoot();
    }

    /// <summary>A positive number from below, exact up to 53 bits: what may be divided by.</summary>
    internal static Magnitude LowerMagnitude(this Dyadic value)
    {
        long excess = (long)value.Mantissa.GetBitLength() - 53;
        return excess <= 0 ? value.UpperBound() : Magnitude.Of((double)(value.Mantissa >> (int)excess)) << (value.Exponent + excess);
    }

    /// <summary>At least |value|, exact up to 53 bits.</summary>
    internal static Magnitude UpperBound(this Dyadic value) => Magnitude.Of(value.Mantissa) << value.Exponent;
}
