using GnMlNet.Balls.Matrices;

namespace GnMlNet.Ledger.Limits;

/// <summary>Layers of m cosine units with fixed random hidden weights, their output weights solved for by ridge regression, beside the kernel block that they tend to; every difference is enclosed.</summary>
/// <remarks>docs/kernel-limit.md. The mean of 2 cos(w . x + b) cos(w . z + b) over units is the kernel of the layer.</remarks>
public static class KernelLimit
{
    /// <summary>The narrowest layer has 2^this units.</summary>
    public const int LeastPower = 4;

    /// <summary>The widest layer of the picture has 2^this units.</summary>
    public const int GreatestPower = 14;

    /// <summary>The seeds of the picture.</summary>
    public static IReadOnlyList<int> Seeds { get; } = [1, 2, 3];

    /// <summary>The differences of layers with 2^4, 2^5, ... units.</summary>
    /// <param name="law">How hidden weights are drawn.</param>
    /// <param name="seed">Of the draws; wider layers begin with the units of narrower ones.</param>
    /// <param name="greatestPower">Of the widest layer, from 4 on.</param>
    public static IEnumerable<KernelLimitPoint> Of(HiddenLaw law, int seed, int greatestPower = GreatestPower)
    {
        Dyadic[][] points = RidgeProblem.Points;
        Real[] limit = RidgeProblem.Predictions((i, j) => RidgeProblem.Kernel(law, points[i], points[j]));
        var layer = new CosineLayer(law, RidgeProblem.ScaleOf(law), points, (5000UL * (1 + (ulong)law)) + (ulong)seed);
        IntegerMatrix? sums = null;
        for (int power = LeastPower; power <= greatestPower; power++)
        {
            IntegerMatrix units = layer.Next(sums is null ? 1 << power : 1 << (power - 1)), products = ExactProduct.Gram(units);
            sums = sums is null ? products : sums + products;
            Real[] predictions = RidgeProblem.Predictions(KernelOf(sums, power));
            Real difference = RealVectors.Subtract(predictions, limit).Aggregate((Real)0, (greatest, next) => Real.Max(greatest, next.Abs()));
            yield return new KernelLimitPoint(law, seed, 1 << power, difference.Ball);
        }
    }

    // (2/m) times sums of products of values that each err by at most e and are at most 1 + e: a product errs by at most 2e + 3e^2 <= 3e.
    private static Func<int, int, Real> KernelOf(IntegerMatrix sums, int power) =>
        (i, j) => Real.Exact(new Dyadic(sums[i, j], (2 * CosineLayer.Exponent) + 1 - power), RidgeProblem.Bits).Widen(6 * CosineLayer.Error);
}
