namespace GnMlNet.Balls;

/// <summary>
/// A sum of balls and of products of balls that is rounded once: products are exact, and of each term only what lies far below the last place of the greatest one is cut off.
/// Contains the exact sum for all points of the operands. Mutable; the default value is the empty sum.
/// </summary>
/// <remarks>docs/balls.md, "Sums". The order of the terms changes the bounds, never the inclusion.</remarks>
public struct BallSum
{
    // Places kept below those that the result is rounded to, and by how many more the greatest term may grow before they are given up.
    private const int GuardBits = 16;
    private const int Slack = 64;

    // The sum is _integer 2^_place, up to less than _cuts 2^_place and _radius. All terms so far are below 2^_top.
    private BigInteger _integer;
    private long _place, _top, _cuts;
    private int _bits;
    private Magnitude _radius;

    /// <summary>Adds a ball.</summary>
    /// <param name="a">The ball.</param>
    /// <param name="bits">To how many bits the sum is rounded at least; that of all calls counts that is greatest.</param>
    public void Add(Ball a, int bits)
    {
        _radius += a.Radius;
        AddNumber(a.Midpoint.Mantissa, a.Midpoint.Exponent, bits);
    }

    /// <summary>Adds a product.</summary>
    /// <param name="a">The one factor.</param>
    /// <param name="b">The other.</param>
    /// <param name="bits">To how many bits the sum is rounded at least; that of all calls counts that is greatest.</param>
    public void AddProduct(Ball a, Ball b, int bits)
    {
        _radius += Ball.RadiusOfProduct(a, b);
        AddNumber(a.Midpoint.Mantissa * b.Midpoint.Mantissa, checked(a.Midpoint.Exponent + b.Midpoint.Exponent), bits);
    }

    /// <summary>Subtracts a product.</summary>
    /// <param name="a">The one factor.</param>
    /// <param name="b">The other.</param>
    /// <param name="bits">To how many bits the sum is rounded at least; that of all calls counts that is greatest.</param>
    public void SubtractProduct(Ball a, Ball b, int bits) => AddProduct(a, Ball.Negate(b), bits);

    /// <summary>The sum; indeterminate if a term is.</summary>
    public readonly Ball ToBall() =>
        _bits == 0 ? Ball.Zero : Ball.Rounded(new Dyadic(_integer, _place), _radius + SizeOfCuts, _bits);

    private readonly Magnitude SizeOfCuts => Magnitude.Of((double)_cuts) << _place;

    private void AddNumber(BigInteger mantissa, long exponent, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        bool isFirst = _bits == 0 || (_integer.IsZero && _cuts == 0);
        _bits = Math.Max(_bits, bits);
        if (mantissa.IsZero) return;
        long top = checked(exponent + (long)BigInteger.Abs(mantissa).GetBitLength());
        _top = isFirst ? top : Math.Max(_top, top);
        long wanted = checked(_top - _bits - GuardBits);
        if (isFirst) _place = wanted;
        else if (wanted > _place + Slack || wanted < _place) MoveTo(wanted);

        long shift = exponent - _place;
        if (shift >= 0)
        {
            _integer += mantissa << (int)shift;
            return;
        }

        // Shifts round down, by less than a unit; a number that lies below the place all in all is cut off.
        _cuts++;
        if (top > _place) _integer += mantissa >> (int)-shift;
    }

    private void MoveTo(long place)
    {
        if (place < _place)
        {
            // More bits are wanted than before: what has been cut off stays as large as it is.
            _radius += SizeOfCuts;
            _cuts = 0;
            _integer <<= checked((int)(_place - place));
        }
        else
        {
            _radius += SizeOfCuts;
            _cuts = 1;
            long shift = place - _place;
            _integer = shift < (long)BigInteger.Abs(_integer).GetBitLength() ? _integer >> (int)shift : BigInteger.Zero;
        }

        _place = place;
    }
}
