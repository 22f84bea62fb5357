namespace GnMlNet.Reference.Networks;

/// <summary>phi at every row: v_0 + sum_i v_i sigma_ji, exact in the enclosed activations, so that only their errors and those of the weights remain.</summary>
/// <param name="Values">n exact numbers.</param>
/// <param name="Error">A bound on the error of each.</param>
internal sealed record OutputEnclosure(Dyadic[] Values, Magnitude Error)
{
    internal static OutputEnclosure Of(Layer layer, ActivationEnclosure activations)
    {
        ScaledIntegers sums = activations.Values.Times(ScaledIntegers.Of(layer.OutputWeights));
        Dyadic[] values = [.. sums.ToDyadics().Select(sum => sum + layer.OutputBias)];
        Magnitude weights = Magnitude.Zero;
        foreach (Dyadic weight in layer.OutputWeights) weights += Magnitude.Of(weight);
        // Activations are at most 1, so that output weights and bias that are off by r in the Euclidean norm move the output by at most sqrt(m + 1) r.
        Magnitude moved = Magnitude.Of(layer.Units + 1.0).SquareRoot() * layer.OutputRadius * (Magnitude.One + activations.ValueError);
        return new OutputEnclosure(values, (weights * activations.ValueError) + moved);
    }
}
