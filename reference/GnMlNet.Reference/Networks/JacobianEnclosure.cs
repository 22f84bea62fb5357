using System.Numerics;
using GnMlNet.Balls;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Numbers;

namespace GnMlNet.Reference.Networks;

/// <summary>
/// J, n x p, on one scale, with a bound on the error of every entry of a column: v_i sigma'_ji x_jk for the hidden weights unit by unit, then, where the output layer is
/// trained, sigma_ji and, with a bias, 1.
/// </summary>
/// <param name="Values">n x p.</param>
/// <param name="ColumnErrors">For each column a bound on the error of its entries.</param>
internal sealed record JacobianEnclosure(ScaledIntegers Values, Magnitude[] ColumnErrors)
{
    /// <summary>J^T Omega J as it was found last, with Omega and what multiplied, for whoever needs it next.</summary>
    internal (ExactKernels Kernels, double[] Weights, ScaledIntegers Matrix, Magnitude[] EntryErrors)? LatestGram { get; set; }

    /// <param name="layer">The numbers.</param>
    /// <param name="activations">Their activations.</param>
    /// <param name="withOutputLayer">Whether the output layer is trained.</param>
    /// <param name="withOutputBias">Whether it has a bias.</param>
    /// <param name="fractionBits">How many places behind the largest entry are kept.</param>
    internal static JacobianEnclosure Of(Layer layer, ActivationEnclosure activations, bool withOutputLayer, bool withOutputBias, int fractionBits)
    {
        int n = layer.RowCount, m = layer.Units, e = layer.InputCount, hidden = m * e;
        int columns = hidden + (withOutputLayer ? m + (withOutputBias ? 1 : 0) : 0);
        ScaledIntegers x = ScaledIntegers.Of(n, e, layer.Inputs), v = ScaledIntegers.Of(1, m, (ReadOnlySpan<Dyadic>)layer.OutputWeights);
        Magnitude largestInput = layer.Inputs.Select(Magnitude.Of).Aggregate(Magnitude.Max), largestWeight = layer.GreatestOutputWeight;
        Magnitude largest = Magnitude.Max(largestInput * largestWeight, withOutputLayer ? Magnitude.One : Magnitude.Zero);
        // Entries are at most the largest input times the largest output weight, since slopes are at most 1.
        long exponent = (largest.IsZero ? 0 : largest.Exponent + 1) - fractionBits;
        Magnitude rounding = Magnitude.PowerOfTwo(exponent - 1);

        var values = new ScaledIntegers(n, columns, exponent);
        var errors = new Magnitude[columns];
        long slopeExponent = x.Exponent + v.Exponent + activations.Slopes.Exponent;
        for (int i = 0; i < m; i++)
        {
            for (int k = 0; k < e; k++)
            {
                Magnitude size = Magnitude.Zero;
                for (int j = 0; j < n; j++)
                {
                    values[j, (i * e) + k] = ScaledIntegers.Rescale(v.Values[i] * x[j, k] * activations.Slopes[j, i], slopeExponent, exponent);
                    size = Magnitude.Max(size, Magnitude.Of(layer.Inputs[(j * e) + k]));
                }

                // |(v + dv)(s + ds) - v s| <= (|v| + |dv|) |ds| + |dv| |s|, and slopes are at most 1.
                Magnitude weighted = ((Magnitude.Of(layer.OutputWeights[i]) + layer.OutputRadius) * activations.SlopeError) + layer.OutputRadius;
                errors[(i * e) + k] = (size * weighted) + rounding;
            }
        }

        for (int i = 0; withOutputLayer && i < m; i++)
        {
            for (int j = 0; j < n; j++) values[j, hidden + i] = ScaledIntegers.Rescale(activations.Values[j, i], activations.Values.Exponent, exponent);
            errors[hidden + i] = activations.ValueError + rounding;
        }

        if (withOutputLayer && withOutputBias)
        {
            for (int j = 0; j < n; j++) values[j, columns - 1] = ScaledIntegers.Rescale(BigInteger.One, 0, exponent);
            errors[columns - 1] = rounding;
        }

        return new JacobianEnclosure(values, errors);
    }
}
