namespace GnMlNet.Ledger.Instances;

/// <summary>The generator SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same exact numbers everywhere.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    internal ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A multiple of 2^-16 below 1 in size.</summary>
    internal Dyadic Uniform() => new((long)(Next() >> 47) - (1L << 16), -16);

    /// <summary>Half the sum of twelve of those, of variance 1: nearly normal.</summary>
    internal Dyadic Normal()
    {
        Dyadic sum = Dyadic.Zero;
        for (int k = 0; k < 12; k++) sum += Uniform();
        return sum << -1;
    }
}
