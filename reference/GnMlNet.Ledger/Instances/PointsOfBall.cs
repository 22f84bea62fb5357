namespace GnMlNet.Ledger.Instances;

/// <summary>Seeded exact points of a ball of weights, most of them near its border.</summary>
/// <param name="centre">The centre.</param>
/// <param name="radius">The radius.</param>
/// <param name="seed">Of the generator.</param>
internal sealed class PointsOfBall(Real[] centre, Real radius, ulong seed)
{
    private const int KeptBits = 128;

    private readonly SplitMix _random = new(seed);

    /// <summary>A point between half and seven eighths of the radius from the centre.</summary>
    internal Real[] Next() => Moved(centre, radius * (4096 + (int)(_random.Next() % 3072)) * ((Real)1).Shift(-13));

    /// <summary>A point so many binary orders of the radius from another one, which is an eighth of the radius from the border.</summary>
    internal Real[] Near(Real[] point, int orders) => Moved(point, radius.Shift(-Math.Max(4, orders)));

    private Real[] Moved(Real[] from, Real distance)
    {
        Real[] direction = [.. centre.Select(_ => Real.Exact(_random.Normal(), distance.Bits))];
        Real norm = RealVectors.Norm(direction);
        if (!norm.IsPositive) return from;
        // Rounded to short exact numbers: the claims that need the point inside compare its distance.
        return [.. from.Zip(direction, (x, d) => Real.Exact((x + (distance * d / norm)).Ball.Round(KeptBits).Midpoint, distance.Bits))];
    }
}
