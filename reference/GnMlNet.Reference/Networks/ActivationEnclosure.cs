using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Numbers;

namespace GnMlNet.Reference.Networks;

/// <summary>The activations and slopes of every row and unit in fixed point: multiples of 2^-F, each with an error bound that holds for all of them.</summary>
/// <remarks>
/// The preactivations are exact sums of products of doubles, rounded to multiples of 2^-F: an error of at most 2^-F/2 each. tanh has slopes of at most 1, and
/// sech^2 of at most 4/(3 sqrt 3) below 1, so it goes on into either with at most that size; the function's own bound comes on top.
/// The logistic function is (1 + tanh(z/2))/2 with the slope sech^2(z/2)/4: halving the argument halves its error, and the outer factors only shrink the rest.
/// </remarks>
internal sealed class ActivationEnclosure
{
    private ActivationEnclosure(ScaledIntegers values, ScaledIntegers slopes, Magnitude valueError, Magnitude slopeError) =>
        (Values, Slopes, ValueError, SlopeError) = (values, slopes, valueError, slopeError);

    /// <summary>n x m.</summary>
    internal ScaledIntegers Values { get; }

    /// <summary>n x m.</summary>
    internal ScaledIntegers Slopes { get; }

    internal Magnitude ValueError { get; }

    internal Magnitude SlopeError { get; }

    internal static ActivationEnclosure Of(Layer layer, int fractionBits, ExactKernels kernels)
    {
        int n = layer.RowCount, m = layer.Units, e = layer.InputCount;
        ScaledIntegers x = ScaledIntegers.Of(n, e, layer.Inputs), w = ScaledIntegers.Of(m, e, layer.HiddenWeights);
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
        Magnitude ulp = Magnitude.PowerOfTwo(-fractionBits), half = ulp << -1;
        Magnitude valueError = (ulp * Magnitude.Of((BigInteger)valueUlps)) + half, slopeError = (ulp * Magnitude.Of((BigInteger)slopeUlps)) + half;
        return layer.IsLogistic ? Logistic(values, slopes, valueError, slopeError) : new ActivationEnclosure(values, slopes, valueError, slopeError);
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

        return new ActivationEnclosure(value, slope, tanhError << -1, slopeError << -2);
    }
}
