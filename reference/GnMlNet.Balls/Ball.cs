namespace GnMlNet.Balls;

/// <summary>
/// A midpoint and a radius: it contains every real x with |x - Midpoint| &lt;= Radius. An operation's result contains the exact result for all points of
/// its operands. Immutable.
/// </summary>
/// <remarks>
/// A ball of infinite radius is indeterminate: nothing is known, not even that there is a number, as after a division by a ball that contains zero. Every
/// operation on an indeterminate ball is indeterminate. The proofs of the bounds are in docs/balls.md.
/// </remarks>
public readonly partial struct Ball
{
    /// <summary>The ball around a point; of infinite radius it forgets the midpoint.</summary>
    /// <param name="midpoint">The midpoint.</param>
    /// <param name="radius">The radius.</param>
    public Ball(Dyadic midpoint, Magnitude radius) => (Midpoint, Radius) = (radius.IsFinite ? midpoint : Dyadic.Zero, radius);

    /// <summary>The midpoint.</summary>
    public Dyadic Midpoint { get; }

    /// <summary>The radius.</summary>
    public Magnitude Radius { get; }

    /// <summary>Zero, exactly.</summary>
    public static Ball Zero => default;

    /// <summary>One, exactly.</summary>
    public static Ball One => new(Dyadic.One, Magnitude.Zero);

    /// <summary>No information.</summary>
    public static Ball Indeterminate => new(Dyadic.Zero, Magnitude.Infinity);

    /// <summary>Whether the radius is finite.</summary>
    public bool IsFinite => Radius.IsFinite;

    /// <summary>Whether the radius is zero: the ball is one number.</summary>
    public bool IsExact => Radius.IsZero;

    /// <summary>At most every point: Midpoint - Radius, rounded down only if the two are more than 2^16 binary places apart.</summary>
    /// <exception cref="InvalidOperationException">The radius is infinite.</exception>
    public Dyadic Lower => -SumAbove(-Midpoint, Radius.ToDyadic());

    /// <summary>At least every point: Midpoint + Radius, rounded up only if the two are more than 2^16 binary places apart.</summary>
    /// <exception cref="InvalidOperationException">The radius is infinite.</exception>
    public Dyadic Upper => SumAbove(Midpoint, Radius.ToDyadic());

    /// <summary>The exact value of a double.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public static Ball Exact(double value) => new(Dyadic.FromDouble(value), Magnitude.Zero);

    /// <summary>A number.</summary>
    public static Ball Exact(Dyadic value) => new(value, Magnitude.Zero);

    /// <summary>An integer.</summary>
    public static Ball Exact(BigInteger value) => new(new Dyadic(value, 0), Magnitude.Zero);

    /// <summary>An integer.</summary>
    public static Ball Exact(long value) => new(new Dyadic(value, 0), Magnitude.Zero);

    /// <summary>An integer.</summary>
    public static Ball Exact(int value) => new(value, Magnitude.Zero);

    /// <summary>The ball times a power of two, exactly.</summary>
    public static Ball operator <<(Ball a, long shift) => new(a.Midpoint << shift, a.Radius << shift);

    /// <summary>A ball around the same points whose midpoint has at most <paramref name="bits"/> bits; what the rounding moves goes to the radius.</summary>
    public Ball Round(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        return Rounded(Midpoint, Radius, bits);
    }

    /// <summary>
    /// A ball that contains both. Its midpoint is exact, so it may be long: round it.
    /// </summary>
    public static Ball Union(Ball a, Ball b)
    {
        if (!a.IsFinite || !b.IsFinite) return Indeterminate;
        Dyadic low = a.Lower < b.Lower ? a.Lower : b.Lower, high = a.Upper < b.Upper ? b.Upper : a.Upper;
        return Between(low, high);
    }

    /// <summary>At least the size of every point.</summary>
    public Magnitude AbsUpper() => Magnitude.Of(Midpoint) + Radius;

    /// <summary>At most the size of every point: 0, or |Midpoint| - Radius rounded down only if the two are more than 2^16 binary places apart.</summary>
    public Dyadic AbsLower()
    {
        if (!IsFinite || ContainsZero) return Dyadic.Zero;
        return Midpoint.Sign > 0 ? Lower : -Upper;
    }

    /// <summary>The ball whose ends are the given ones, the radius rounded up.</summary>
    private static Ball Between(Dyadic low, Dyadic high)
    {
        if (!AreFarApart(low, high)) return new Ball((low + high) << -1, Magnitude.Of(high - low) << -1);
        // Ends far apart in size: around half of the greater one, which is |greater|/2 from the one end and at most |greater|/2 + |smaller| from the other.
        (Dyadic smaller, Dyadic greater) = low.TopExponent < high.TopExponent ? (low, high) : (high, low);
        return new Ball(greater << -1, (Magnitude.Of(greater) << -1) + Magnitude.Of(smaller));
    }
}
