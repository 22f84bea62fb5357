namespace GnMlNet.Core.Theory;

/// <summary>The balls about w_init that the proofs live in, and the time at which a path leaves one.</summary>
public static class Neighbourhood
{
    /// <summary>r_0 = lambda_0/L, the radius of Section 3, within which K >= lambda_0^2 I; infinite for L = 0.</summary>
    /// <param name="network">The network's constants.</param>
    public static double InnerRadius(NetworkConstants network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Lambda0 / network.JacobianModulus;
    }

    /// <summary>2 r lambda_0/L, the radius of the ball B of Section 4; infinite for L = 0.</summary>
    /// <param name="network">The network's constants.</param>
    /// <param name="r">r, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="r"/> is not in (0, 1).</exception>
    public static double Radius(NetworkConstants network, double r)
    {
        ArgumentNullException.ThrowIfNull(network);
        return 2 * Argument.Fraction(r) * network.Lambda0 / network.JacobianModulus;
    }

    /// <summary>
    /// The exit time T of a sampled path: the first recorded time with |w_t - w_0| >= radius (a distance that is not a number counts as outside),
    /// or positive infinity where there is none. Between the samples the path may have left earlier.
    /// </summary>
    /// <param name="times">The recorded times, ascending.</param>
    /// <param name="distances">|w_t - w_0| at these times; as many.</param>
    /// <param name="radius">The ball's radius; positive, possibly infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not positive, or the numbers of times and distances differ.</exception>
    public static double ExitTime(ReadOnlySpan<double> times, ReadOnlySpan<double> distances, double radius)
    {
        if (!(radius > 0)) throw new ArgumentOutOfRangeException(nameof(radius), radius, "It must be positive.");
        if (distances.Length != times.Length)
            throw new ArgumentOutOfRangeException(nameof(distances), distances.Length, FormattableString.Invariant($"There must be as many distances as times, {times.Length}."));
        for (int index = 0; index < times.Length; index++)
        {
            if (!(distances[index] < radius)) return times[index];
        }

        return double.PositiveInfinity;
    }
}
