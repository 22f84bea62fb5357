namespace GnMlNet.Reference.Predictions;

/// <summary>The mean of the members of one kind in exact arithmetic, plain or winsorized: values beyond 2 * 1.4826 median distances from the median count as the nearest within.</summary>
internal static class EnclosedMean
{
    // 2 * 1.4826 = 29652/10000.
    private const int Reach = 29652;
    private const int Whole = 10000;

    internal static Ball Of(IReadOnlyList<Dyadic> values, bool isPlain, int bits)
    {
        if (values.Count == 0) return Ball.Zero;
        if (isPlain) return Divide(Sum(values), values.Count, bits);
        // In units of 1/20000, in which medians and the reach are exact.
        Dyadic twice = TwiceMedian(values);
        Dyadic reach = Reach * TwiceMedian([.. values.Select(value => ((2 * value) - twice).Abs())]), centre = 2 * Whole * twice;
        return Divide(Sum([.. values.Select(value => Clamp(4 * Whole * value, centre - reach, centre + reach))]), 4 * Whole * values.Count, bits);
    }

    private static Dyadic Clamp(Dyadic value, Dyadic least, Dyadic greatest) => value < least ? least : value > greatest ? greatest : value;

    private static Dyadic TwiceMedian(IReadOnlyList<Dyadic> values)
    {
        Dyadic[] sorted = [.. values.Order()];
        return sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2];
    }

    private static Dyadic Sum(IEnumerable<Dyadic> values) => values.Aggregate(Dyadic.Zero, (sum, value) => sum + value);

    private static Ball Divide(Dyadic a, int b, int bits) => Ball.Divide(Ball.Exact(a), Ball.Exact(b), bits);
}
