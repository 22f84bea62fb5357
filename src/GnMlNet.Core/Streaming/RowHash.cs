using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>Numbers that look random and depend on nothing but what they are made of: so that a row has the same fate wherever it is, and copies of it too.</summary>
internal static class RowHash
{
    /// <summary>Of a number: the finalizer of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    internal static ulong Of(ulong seed, ulong value)
    {
        ulong hash = value + (seed * 0x9E3779B97F4A7C15) + 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }

    /// <summary>Of the features of a row; 0 and -0 are equal.</summary>
    internal static ulong OfFeatures(ulong seed, RowBlock block, int row)
    {
        ulong hash = seed;
        for (int k = 0, at = row; k < block.ColumnCount; k++, at += RowBlock.Stride)
            hash = Of(hash, (ulong)BitConverter.DoubleToInt64Bits(block.Values[at] + 0.0));
        return hash;
    }

    /// <summary>Of all features, labels and weights of some rows, bit for bit.</summary>
    internal static ulong OfRows(RowBlock block)
    {
        ulong hash = (ulong)block.RowCount;
        for (int k = 0; k < block.ColumnCount; k++) hash = Chain(hash, block.Column(k)[..block.RowCount]);
        return Chain(Chain(hash, block.Labels.AsSpan(0, block.RowCount)), block.Weights.AsSpan(0, block.RowCount));
    }

    /// <summary>A number in [0, 1) of a hash.</summary>
    internal static double Fraction(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    private static ulong Chain(ulong hash, ReadOnlySpan<double> values)
    {
        foreach (double value in values) hash = Of(hash, (ulong)BitConverter.DoubleToInt64Bits(value));
        return hash;
    }
}
