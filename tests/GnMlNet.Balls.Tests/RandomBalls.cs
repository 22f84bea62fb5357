namespace GnMlNet.Balls.Tests;

/// <summary>Random balls of all kinds of sizes and widths, and points in them.</summary>
internal sealed class RandomBalls(int seed)
{
    private readonly Random _random = new(seed);

    public int Bits() => _random.Next(4) == 0 ? _random.Next(2, 12) : _random.Next(2, 401);

    public int Next(int low, int high) => _random.Next(low, high);

    public BigInteger Integer(int bits)
    {
        var bytes = new byte[(bits / 8) + 1];
        _random.NextBytes(bytes);
        BigInteger value = new BigInteger(bytes, isUnsigned: true) >> (8 - (bits % 8));
        return _random.Next(2) == 0 ? value : -value;
    }

    /// <summary>A number whose leading place is between the two.</summary>
    public Dyadic Number(int lowest, int highest)
    {
        BigInteger mantissa = Integer(_random.Next(3) switch { 0 => 3, 1 => 53, _ => _random.Next(1, 300) });
        return mantissa.IsZero ? Dyadic.Zero : new Dyadic(mantissa, _random.Next(lowest, highest) - (long)BigInteger.Abs(mantissa).GetBitLength());
    }

    public Magnitude Radius(Dyadic midpoint)
    {
        long top = midpoint.IsZero ? 0 : midpoint.TopExponent;
        return _random.Next(8) switch
        {
            0 or 1 => Magnitude.Zero,
            2 => Magnitude.Of(_random.NextDouble() + 0.5) << top,
            3 => Magnitude.PowerOfTwo(top + _random.Next(0, 40)),
            4 => Magnitude.Of(midpoint),
            _ => Magnitude.Of(_random.NextDouble()) << (top - _random.Next(0, 250)),
        };
    }

    public Ball Ball(int lowest = -200, int highest = 200)
    {
        Dyadic midpoint = _random.Next(25) == 0 ? Dyadic.Zero : Number(lowest, highest);
        return new Ball(midpoint, Radius(midpoint));
    }

    /// <summary>A ball with a radius of at most 2^highest.</summary>
    public Ball NarrowBall(int lowest, int highest)
    {
        Ball ball = Ball(lowest, highest);
        return ball.Radius > Magnitude.PowerOfTwo(highest) ? new Ball(ball.Midpoint, Magnitude.PowerOfTwo(highest)) : ball;
    }

    /// <summary>A point of the ball, often an end.</summary>
    public Dyadic Point(Ball ball) => ball.Midpoint + (ball.Radius.ToDyadic() * (_random.Next(5) switch
    {
        0 => Dyadic.One,
        1 => -Dyadic.One,
        2 => Dyadic.Zero,
        _ => new Dyadic(_random.Next(-1024, 1025), -10),
    }));
}
