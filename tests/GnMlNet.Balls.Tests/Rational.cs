namespace GnMlNet.Balls.Tests;

/// <summary>An exact fraction, not reduced: what balls are compared with, on integers alone.</summary>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    public static Rational Of(Dyadic x) => x.Exponent >= 0
        ? new(x.Mantissa << (int)x.Exponent, BigInteger.One)
        : new(x.Mantissa, BigInteger.One << (int)-x.Exponent);

    public static Rational operator +(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + new Rational(-b.Numerator, b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => b.Numerator.Sign < 0
        ? new(-a.Numerator * b.Denominator, -a.Denominator * b.Numerator)
        : new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public Rational Abs() => new(BigInteger.Abs(Numerator), Denominator);

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>Whether the fraction is in the ball, by the definition of a ball.</summary>
    public bool IsIn(Ball ball) => !ball.IsFinite || (this - Of(ball.Midpoint)).Abs().CompareTo(Of(ball.Radius.ToDyadic())) <= 0;
}
