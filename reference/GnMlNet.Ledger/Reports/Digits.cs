using System.Globalization;
using System.Numerics;

namespace GnMlNet.Ledger.Reports;

/// <summary>Enclosed numbers as few digits, all of which are certain.</summary>
internal static class Digits
{
    private const int Kept = 4;

    /// <summary>The number rounded to four significant digits, if every point of the ball rounds to the same, else the ball.</summary>
    internal static string Of(Real value)
    {
        Ball ball = value.Ball;
        if (!ball.IsFinite) return "not enclosed";
        if (ball.Midpoint.IsZero) return ball.IsExact ? "0" : value.ToString();
        // Places after the point; 2^10 is about 10^3.
        int places = Kept - (int)Math.Floor((decimal)(ball.Midpoint.TopExponent - 1) * 0.30103m) - 1;
        // The power of two may hide one decimal digit more.
        if (BigInteger.Abs(Scaled(ball.Midpoint, places)) >= BigInteger.Pow(10, Kept)) places--;
        (BigInteger low, BigInteger high) = (Scaled(ball.Lower, places), Scaled(ball.Upper, places));
        if (low != high) return value.ToString();
        if (places <= 0) return (low * BigInteger.Pow(10, -places)).ToString(CultureInfo.InvariantCulture);
        if (places > Kept + 3) return FormattableString.Invariant($"{low}e-{places}");
        string digits = BigInteger.Abs(low).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(low.Sign < 0 ? "-" : "")}{digits[..^places]}.{digits[^places..]}";
    }

    // The nearest integer to the number times 10^places.
    private static BigInteger Scaled(Dyadic value, int places)
    {
        Dyadic scaled = places >= 0 ? value * new Dyadic(BigInteger.Pow(10, places), 0) : Ball.Divide(Ball.Exact(value), Ball.Exact(BigInteger.Pow(10, -places)), 256).Midpoint;
        Dyadic rounded = scaled.RoundTo(0);
        return rounded.Mantissa << (int)rounded.Exponent;
    }
}
