using System.Numerics;
using GnMlNet.Balls.Matrices;
using GnMlNet.Ledger.Instances;

namespace GnMlNet.Ledger.Limits;

/// <summary>
/// Seeded units cos(w . x + b) at points, enclosed: entry (i, j) of unit i and point j is a multiple of 2^-64. A layer with the same seed and more units begins with the same ones. Weights and phases are
/// exact multiples of 2^-60 next to the numbers that are drawn.
/// </summary>
internal sealed class CosineLayer
{
    private const int Places = 64;
    private const int DrawnPlaces = 60;
    private const int DrawnBits = 96;

    private readonly SplitMix _random;
    private readonly HiddenLaw _law;
    private readonly Real _scale;
    private readonly Dyadic[][] _points;

    /// <param name="law">Of the weights.</param>
    /// <param name="scale">The standard deviation of a normal weight, the scale of a Cauchy one.</param>
    /// <param name="points">Where, exact numbers.</param>
    /// <param name="seed">Of the generator.</param>
    internal CosineLayer(HiddenLaw law, Real scale, Dyadic[][] points, ulong seed) => (_law, _scale, _points, _random) = (law, scale, points, new SplitMix(seed));

    /// <summary>Values are multiples of 2^this.</summary>
    internal static int Exponent => -Places;

    /// <summary>At least the error of each value: that of a cosine to 64 bits of it, and half a unit of the last place.</summary>
    internal static Real Error => ((Real)1).Shift(2 - Places);

    /// <summary>The values of the next units, one a row.</summary>
    internal IntegerMatrix Next(int units)
    {
        var values = new BigInteger[units * _points.Length];
        for (int i = 0; i < units; i++)
        {
            Dyadic[] weights = [.. _points[0].Select(_ => Drawn(_law == HiddenLaw.Normal ? Normal() : Cauchy()))];
            Dyadic phase = Drawn(2 * Pi * Fraction());
            for (int j = 0; j < _points.Length; j++)
            {
                Dyadic angle = weights.Zip(_points[j], (w, x) => w * x).Aggregate(phase, (sum, term) => sum + term);
                var cosine = Ball.Cos(Ball.Exact(angle), Places);
                if (cosine.Radius > Magnitude.PowerOfTwo(-Places)) throw new InvalidOperationException("A cosine to 64 bits is closer than 2^-64.");
                Dyadic rounded = cosine.Midpoint.RoundTo(-Places);
                values[(i * _points.Length) + j] = rounded.IsZero ? BigInteger.Zero : rounded.Mantissa << (int)(rounded.Exponent + Places);
            }
        }

        return IntegerMatrix.FromEntries(units, _points.Length, values);
    }

    private static Real Pi => new(Ball.Pi(DrawnBits), DrawnBits);

    // Box and Muller: sqrt(-2 log u) cos(2 pi v).
    private Real Normal()
    {
        Real size = (-2 * Fraction().Log()).Sqrt(), angle = 2 * Pi * Fraction();
        return _scale * size * Cos(angle);
    }

    // tan(pi (u - 1/2)).
    private Real Cauchy()
    {
        Real angle = Pi * Fraction();
        return -(_scale * Cos(angle) / new Real(Ball.Sin(angle.Ball, DrawnBits), DrawnBits));
    }

    private static Real Cos(Real angle) => new(Ball.Cos(angle.Ball, DrawnBits), DrawnBits);

    // Uniform, strictly between 0 and 1.
    private Real Fraction() => Real.Exact(new Dyadic((2 * (BigInteger)(_random.Next() >> 11)) + 1, -54), DrawnBits);

    private static Dyadic Drawn(Real value) => value.Ball.Midpoint.RoundTo(-DrawnPlaces);
}
