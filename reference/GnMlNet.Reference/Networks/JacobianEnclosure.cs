namespace GnMlNet.Reference.Networks;

/// <summary>
/// J, n x p, on one scale, with a bound on the error of every entry of a column: v_i sigma'_ji x_jk for the hidden weights unit by unit, then, where the output layer is
/// trained, sigma_ji and, with a bias, 1.
/// </summary>
/// <param name="Values">n x p.</param>
/// <param name="ColumnErrors">For each column a bound on the error of its entries.</param>
internal sealed record JacobianEnclosure(ScaledIntegers Values, Magnitude[] ColumnErrors)
{
    /// <param name="layer">The numbers.</param>
    /// <param name="activations">Their activations.</param>
    /// <param name="fractionBits">How many places behind the largest entry are kept.</param>
    internal static JacobianEnclosure Of(Layer layer, ActivationEnclosure activations, int fractionBits)
    {
        ParameterLayout layout = layer.Layout;
        int n = layer.RowCount, m = layout.Units, e = layout.UnitSize, columns = (int)layout.TrainedCount;
        ScaledIntegers x = ScaledIntegers.Of(n, e, layer.Inputs), v = ScaledIntegers.Of(1, m, (ReadOnlySpan<Dyadic>)layer.OutputWeights);
        Magnitude largestInput = layer.Inputs.Select(Magnitude.Of).Aggregate(Magnitude.Max), largestWeight = layer.GreatestOutputWeight;
        Magnitude largest = Magnitude.Max(largestInput * largestWeight, layout.TrainsOutputLayer ? Magnitude.One : Magnitude.Zero);
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
                    values[j, layout.Hidden(i, k)] = ScaledIntegers.Rescale(v.Values[i] * x[j, k] * activations.Slopes[j, i], slopeExponent, exponent);
                    size = Magnitude.Max(size, Magnitude.Of(layer.Inputs[(j * e) + k]));
                }

                // |(v + dv)(s + ds) - v s| <= (|v| + |dv|) |ds| + |dv| |s|, and slopes are at most 1.
                Magnitude weighted = ((Magnitude.Of(layer.OutputWeights[i]) + layer.OutputRadius) * activations.SlopeError) + layer.OutputRadius;
                errors[layout.Hidden(i, k)] = (size * weighted) + rounding;
            }
        }

        for (int i = 0; layout.TrainsOutputLayer && i < m; i++)
        {
            for (int j = 0; j < n; j++) values[j, layout.Output(i)] = ScaledIntegers.Rescale(activations.Values[j, i], activations.Values.Exponent, exponent);
            errors[layout.Output(i)] = activations.ValueError + rounding;
        }

        if (layout.TrainsOutputLayer && layout.HasBiases)
        {
            for (int j = 0; j < n; j++) values[j, layout.OutputBias] = ScaledIntegers.Rescale(BigInteger.One, 0, exponent);
            errors[layout.OutputBias] = rounding;
        }

        return new JacobianEnclosure(values, errors);
    }
}
