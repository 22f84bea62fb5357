namespace GnMlNet.Ledger.Numbers;

/// <summary>
/// A real number that lies in a ball, and the precision in bits that results with it are rounded to: the greater one of the two operands'. The operators make
/// formulas readable; what they enclose is what the ball's operations enclose.
/// </summary>
internal readonly struct Real
{
    /// <summary>The precision of integers, which take the other operand's where that is greater.</summary>
    private const int LeastBits = 64;

    private readonly int _bits;

    internal Real(Ball ball, int bits) => (Ball, _bits) = (ball, bits);

    internal Ball Ball { get; }

    internal int Bits => Math.Max(_bits, LeastBits);

    internal static Real Indeterminate => new(Ball.Indeterminate, LeastBits);

    /// <summary>The number that the midpoint is, exactly.</summary>
    internal Real Middle => new(Ball.Exact(Ball.Midpoint), Bits);

    /// <summary>At most every point, exactly.</summary>
    internal Real Least => Ball.IsFinite ? new(Ball.Exact(Ball.Lower), Bits) : Indeterminate;

    /// <summary>At least every point, exactly.</summary>
    internal Real Greatest => Ball.IsFinite ? new(Ball.Exact(Ball.Upper), Bits) : Indeterminate;

    internal bool IsPositive => Ball.Sign == 1;

    internal bool IsNegative => Ball.Sign == -1;

    public static implicit operator Real(int value) => new(Ball.Exact(value), LeastBits);

    public static Real operator +(Real a, Real b) => new(Ball.Add(a.Ball, b.Ball, Join(a, b)), Join(a, b));

    public static Real operator -(Real a, Real b) => new(Ball.Subtract(a.Ball, b.Ball, Join(a, b)), Join(a, b));

    public static Real operator *(Real a, Real b) => new(Ball.Multiply(a.Ball, b.Ball, Join(a, b)), Join(a, b));

    public static Real operator /(Real a, Real b) => new(Ball.Divide(a.Ball, b.Ball, Join(a, b)), Join(a, b));

    public static Real operator -(Real a) => new(Ball.Negate(a.Ball), a.Bits);

    /// <summary>A decimal number, to so many bits.</summary>
    internal static Real Parse(string text, int bits) => new(Ball.FromDecimal(text, bits), bits);

    internal static Real Exact(Dyadic value, int bits) => new(Ball.Exact(value), bits);

    /// <summary>Anything between the least point of the one and the greatest of the other, in either order.</summary>
    internal static Real Between(Real a, Real b) => new(Ball.Union(a.Ball, b.Ball).Round(Join(a, b)), Join(a, b));

    /// <summary>The greater of two numbers, which one need not be known.</summary>
    internal static Real Max(Real a, Real b)
    {
        if (Ball.LessOrEqual(a.Ball, b.Ball) == Verdict.Proved) return b;
        if (Ball.LessOrEqual(b.Ball, a.Ball) == Verdict.Proved) return a;
        if (!a.Ball.IsFinite || !b.Ball.IsFinite) return Indeterminate;
        // At least the greater of the lower ends, at most the greater of the upper ones.
        Real low = a.Ball.Lower < b.Ball.Lower ? b.Least : a.Least, high = a.Ball.Upper < b.Ball.Upper ? b.Greatest : a.Greatest;
        return Between(low, high);
    }

    internal static Real Min(Real a, Real b) => -Max(-a, -b);

    /// <summary>Anything within a distance of the number.</summary>
    internal Real Widen(Real distance) => new(new Ball(Ball.Midpoint, Ball.Radius + distance.Ball.AbsUpper()), Bits);

    internal Real Square() => new(Ball.Square(Ball, Bits), Bits);

    internal Real Sqrt() => new(Ball.Sqrt(Ball, Bits), Bits);

    internal Real Abs() => new(Ball.Abs(Ball), Bits);

    internal Real Exp() => new(Ball.Exp(Ball, Bits), Bits);

    internal Real Log() => new(Ball.Log(Ball, Bits), Bits);

    internal Real Pow(int exponent) => new(Ball.Pow(Ball, exponent, Bits), Bits);

    /// <summary>The number times 2^shift.</summary>
    internal Real Shift(int shift) => new(Ball << shift, Bits);

    /// <summary>The number itself if it is known exactly and short, else the ball.</summary>
    public override string ToString() => Ball.IsExact && Ball.Midpoint.Exponent is > -64 and < 64 ? DecimalText.Of(Ball.Midpoint) : Ball.Round(64).ToString();

    private static int Join(Real a, Real b) => Math.Max(a.Bits, b.Bits);
}
