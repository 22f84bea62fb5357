using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Numbers;

namespace GnMlNet.Reference.Networks;

/// <summary>phi at every row: v_0 + sum_i v_i sigma_ji, exact in the enclosed activations, so that only their errors remain.</summary>
/// <param name="Values">n exact numbers.</param>
/// <param name="Error">A bound on the error of each.</param>
internal sealed record OutputEnclosure(Dyadic[] Values, Magnitude Error)
{
    internal static OutputEnclosure Of(Layer layer, ActivationEnclosure activations)
    {
        ScaledIntegers v = ScaledIntegers.Of(1, layer.Units, layer.OutputWeights);
        Dyadic bias = Dyadic.FromDouble(layer.OutputBias);
        var values = new Dyadic[layer.RowCount];
        for (int j = 0; j < values.Length; j++)
        {
            BigInteger sum = BigInteger.Zero;
            for (int i = 0; i < layer.Units; i++) sum += v.Values[i] * activations.Values[j, i];
            values[j] = new Dyadic(sum, v.Exponent + activations.Values.Exponent) + bias;
        }

        Magnitude weights = Magnitude.Zero;
        foreach (double weight in layer.OutputWeights) weights += Magnitude.Of(weight);
        return new OutputEnclosure(values, weights * activations.ValueError);
    }
}
