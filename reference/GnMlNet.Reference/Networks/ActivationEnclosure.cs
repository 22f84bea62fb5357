using GnMlNet.Reference.Kernels;

namespace GnMlNet.Reference.Networks;

/// <summary>The activations and slopes of every row and unit in fixed point: multiples of 2^-F, each with an error bound that holds for all of them.</summary>
/// <remarks>docs/crosscheck.md, "How an exact value is enclosed", steps 1 and 2. Weights within a distance r of these move preactivations by at most |x_j| r.</remarks>
internal sealed class ActivationEnclosure
{
    private readonly bool _isLogistic;

    private ActivationEnclosure(ScaledIntegers values, ScaledIntegers slopes, Magnitude valueError, Magnitude slopeError, bool isLogistic) =>
        (Values, Slopes, ValueError, SlopeError, _isLogistic) = (values, slopes, valueError, slopeError, isLogistic);

    /// <summary>n x m.</summary>
    internal ScaledIntegers Values { get; }

    /// <summary>n x m.</summary>
    internal ScaledIntegers Slopes { get; }

    internal Magnitude ValueError { get; }

    internal Magnitude SlopeError { get; }

    /// <summary>sigma'' at every row and unit, n x m, and a bound on the error of each: -2 sigma sigma' of tanh, sigma' (1 - 2 sigma) of the logistic function.</summary>
    /// <remarks>With values and slopes of at most 1, (a + da)(s + ds) differs from a s by at most da + ds + da ds.</remarks>
    internal (ScaledIntegers Values, Magnitude Error) Curvatures()
    {
        var curvatures = new ScaledIntegers(Values.Rows, Values.Columns, Values.Exponent + Slopes.Exponent + 1);
        BigInteger half = BigInteger.One << checked((int)(-Values.Exponent - 1));
        for (int k = 0; k < curvatures.Values.Length; k++) curvatures.Values[k] = ((_isLogistic ? half : BigInteger.Zero) - Values.Values[k]) * Slopes.Values[k];
        return (curvatures, (ValueError + SlopeError + (ValueError * SlopeError)) << 1);
    }

    internal static ActivationEnclosure Of(Layer layer, int fractionBits, ExactKernels kernels)
    {
        int n = layer.RowCount, m = layer.Units, e = layer.InputCount;
        ScaledIntegers x = ScaledIntegers.Of(n, e, layer.Inputs), w = ScaledIntegers.Of(m, e, (ReadOnlySpan<Dyadic>)layer.HiddenWeights);
        var z = new ScaledIntegers(n, m, x.Exponent + w.Exponent - (layer.IsLogistic ? 1 : 0));
        for (int j = 0; j < n; j++)
        {
            for (int i = 0; i < m; i++)
            {
                BigInteger sum = BigInteger.Zero;
                for (int k = 0; k < e; k++) sum += x[j, k] * w[i, k];
                z[j, i] = sum;
            }
        }

        ScaledIntegers rounded = z.RoundTo(-fractionBits), values = new(n, m, -fractionBits), slopes = new(n, m, -fractionBits);
        (ulong valueUlps, ulong slopeUlps) = kernels.Tanh(rounded.Values, fractionBits, values.Values, slopes.Values);
        Magnitude ulp = Magnitude.PowerOfTwo(-fractionBits), argument = (ulp << -1) + (ArgumentRadius(layer) << (layer.IsLogistic ? -1 : 0));
        Magnitude valueError = (ulp * Magnitude.Of((BigInteger)valueUlps)) + argument, slopeError = (ulp * Magnitude.Of((BigInteger)slopeUlps)) + argument;
        return layer.IsLogistic ? Logistic(values, slopes, valueError, slopeError) : new ActivationEnclosure(values, slopes, valueError, slopeError, isLogistic: false);
    }

    private static Magnitude ArgumentRadius(Layer layer)
    {
        if (layer.HiddenRadius.IsZero) return Magnitude.Zero;
        Magnitude greatest = Magnitude.Zero;
        for (int j = 0; j < layer.RowCount; j++) greatest = Magnitude.Max(greatest, layer.InputNorm(j));
        return greatest * layer.HiddenRadius;
    }

    private static ActivationEnclosure Logistic(ScaledIntegers tanh, ScaledIntegers slopes, Magnitude tanhError, Magnitude slopeError)
    {
        // On a scale one bit finer for the value and two bits finer for the slope the factors 1/2 and 1/4 are exact.
        ScaledIntegers value = new(tanh.Rows, tanh.Columns, tanh.Exponent - 1), slope = new(slopes.Rows, slopes.Columns, slopes.Exponent - 2);
        BigInteger one = BigInteger.One << checked((int)-tanh.Exponent);
        for (int k = 0; k < tanh.Values.Length; k++)
        {
            value.Values[k] = one + tanh.Values[k];
            slope.Values[k] = slopes.Values[k];
        }

        return new ActivationEnclosure(value, slope, tanhError << -1, slopeError << -2, isLogistic: true);
    }
}
