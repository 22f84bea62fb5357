namespace GnMlNet.Balls;

/// <content>The hyperbolic tangent and the logistic function, with their first two derivatives.</content>
public readonly partial struct Ball
{
    /// <summary>Contains tanh x for every point, relatively accurate for small ones.</summary>
    public static Ball Tanh(Ball x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite) return Indeterminate;
        if (x.IsExact) return TanhOf(x.Midpoint, bits);
        if (x.Radius > WideRadius) return OfEnds(x, bits, TanhOf);
        Parts parts = new(x.Midpoint.Abs(), Wider(bits, 6));
        Ball tanh = parts.Tanh(x.Midpoint.Sign, bits);
        // tanh' = sech^2, at most 1.
        return new Ball(tanh.Midpoint, tanh.Radius + (x.Radius * Magnitude.Min(Magnitude.One, SlopeAround(parts, x.Radius))));
    }

    /// <summary>Contains the derivative of tanh, 1 - tanh^2 x, for every point; relatively accurate for great |x|.</summary>
    public static Ball TanhSlope(Ball x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite) return Indeterminate;
        if (x.IsExact) return TanhSlopeOf(x.Midpoint, bits);
        // Even, and falling with |x|: between the values at the least and the greatest size.
        if (x.Radius > WideRadius) return Union(TanhSlopeOf(x.AbsLower(), bits), TanhSlopeOf(x.AbsUpper().ToDyadic(), bits)).Round(bits);
        Parts parts = new(x.Midpoint.Abs(), Wider(bits, 6));
        Ball slope = parts.Slope(bits);
        // |(sech^2)'| = 2 |tanh| sech^2, and |tanh| is at most 1 and at most r greater than in the middle.
        Magnitude tanh = Magnitude.Min(Magnitude.One, parts.Tanh(1, 32).AbsUpper() + x.Radius);
        Magnitude steepest = (tanh * SlopeAround(parts, x.Radius)) << 1;
        return new Ball(slope.Midpoint, slope.Radius + (x.Radius * steepest));
    }

    /// <summary>Contains the second derivative of tanh, -2 tanh x (1 - tanh^2 x), for every point; relatively accurate for great and for small |x|.</summary>
    public static Ball TanhCurvature(Ball x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite) return Indeterminate;
        if (x.Radius > WideRadius)
        {
            // At most 2 |tanh| sech^2 in size, with the greatest sech^2 of the ball.
            Ball slope = TanhSlopeOf(x.AbsLower(), 32);
            return new Ball(Dyadic.Zero, slope.AbsUpper() << 1);
        }

        Parts parts = new(x.Midpoint.Abs(), Wider(bits, 6));
        int all = Wider(bits, 4);
        Ball curvature = Negate(Multiply(parts.Tanh(x.Midpoint.Sign, all), parts.Slope(all), bits)) << 1;
        if (x.IsExact) return curvature;
        // The third derivative s(4 - 6s), with s = sech^2 in [0, 1], is at most 4s and at most 2 in size.
        Magnitude steepest = Magnitude.Min(Magnitude.PowerOfTwo(1), SlopeAround(parts, x.Radius) << 2);
        return new Ball(curvature.Midpoint, curvature.Radius + (x.Radius * steepest));
    }

    /// <summary>Contains 1 / (1 + e^-x) for every point, relatively accurate for very negative ones.</summary>
    public static Ball Logistic(Ball x, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        if (!x.IsFinite) return Indeterminate;
        if (x.IsExact) return LogisticOf(x.Midpoint, bits);
        if (x.Radius > WideRadius) return OfEnds(x, bits, LogisticOf);
        int all = Wider(bits, 6);
        Ball e = ExpOf(-x.Midpoint.Abs(), all), sum = SumOf(e, Dyadic.One, all);
        Ball logistic = Divide(x.Midpoint.Sign < 0 ? e : One, sum, bits);
        // f' = f(1 - f) = E/(1 + E)^2, E = e^-|x|, is at most 1/4; log f' has the slope 1 - 2f in [-1, 1], so f' grows at most by the factor e^r.
        Magnitude slope = Divide(e, Square(sum, 32), 32).AbsUpper() * (Magnitude.One + ExpMinusOneAbove(x.Radius));
        return new Ball(logistic.Midpoint, logistic.Radius + (x.Radius * Magnitude.Min(Magnitude.PowerOfTwo(-2), slope)));
    }

    /// <summary>Contains the derivative of the logistic function for every point: a quarter of that of tanh at x/2.</summary>
    public static Ball LogisticSlope(Ball x, int bits) => TanhSlope(x << -1, bits) << -2;

    /// <summary>Contains the second derivative of the logistic function for every point: an eighth of that of tanh at x/2.</summary>
    public static Ball LogisticCurvature(Ball x, int bits) => TanhCurvature(x << -1, bits) << -3;

    private static Ball TanhOf(Dyadic x, int bits) => new Parts(x.Abs(), Wider(bits, 6)).Tanh(x.Sign, bits);

    private static Ball TanhSlopeOf(Dyadic x, int bits) => new Parts(x.Abs(), Wider(bits, 6)).Slope(bits);

    private static Ball LogisticOf(Dyadic x, int bits)
    {
        int all = Wider(bits, 6);
        Ball e = ExpOf(-x.Abs(), all);
        return Divide(x.Sign < 0 ? e : One, SumOf(e, Dyadic.One, all), bits);
    }

    /// <summary>At least sech^2 over the ball: log sech^2 has the slope -2 tanh, so sech^2 grows at most by the factor e^(2r), r &lt;= 1/4.</summary>
    private static Magnitude SlopeAround(Parts parts, Magnitude radius) => parts.Slope(32).AbsUpper() * (Magnitude.One + ExpMinusOneAbove(radius << 1));

    /// <summary>E = e^(-2x) and E - 1 for x >= 0, both relatively accurate.</summary>
    private readonly struct Parts
    {
        private readonly int _bits;
        private readonly Ball _e, _less;

        public Parts(Dyadic x, int bits)
        {
            _bits = bits;
            Dyadic twice = -(x << 1);
            if (x >= new Dyadic(1, -1))
            {
                _e = ExpOf(twice, bits);
                _less = SumOf(_e, -Dyadic.One, bits);
            }
            else
            {
                _less = Expm1Of(twice, bits);
                _e = SumOf(_less, Dyadic.One, bits);
            }
        }

        /// <summary>tanh of x with the given sign: (1 - E)/(1 + E).</summary>
        public Ball Tanh(int sign, int bits)
        {
            Ball tanh = Divide(_less, SumOf(_e, Dyadic.One, _bits), bits);
            return sign < 0 ? tanh : Negate(tanh);
        }

        /// <summary>sech^2 x = 4E/(1 + E)^2.</summary>
        public Ball Slope(int bits) => Divide(_e, Square(SumOf(_e, Dyadic.One, _bits), _bits), bits) << 2;
    }
}
