namespace GnMlNet.Core.Training;

/// <summary>
/// What evidence regularization holds of a network: how noisy the label is, and how freely each group of weights may move. Standardized units. Immutable.
/// Groups are the d input columns, then the hidden biases, the output weights and the output bias.
/// </summary>
public sealed class Evidence
{
    private readonly double[] _precisions;
    private readonly double[] _effectiveParameters;

    /// <summary>Makes it from numbers.</summary>
    /// <param name="noisePrecision">b, finite and positive.</param>
    /// <param name="precisions">a_g, d + 3 finite positive numbers; copied.</param>
    /// <param name="effectiveParameters">gamma_g, d + 3 finite numbers of at least 0; copied.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or there are not as many of both or fewer than four.</exception>
    public Evidence(double noisePrecision, ReadOnlySpan<double> precisions, ReadOnlySpan<double> effectiveParameters)
    {
        if (precisions.Length < 4 || precisions.Length != effectiveParameters.Length)
            throw new ArgumentException($"There are {precisions.Length} precisions and {effectiveParameters.Length} numbers of effective parameters; one of each is needed for every column and for three groups more.");
        foreach (double value in (double[])[noisePrecision, .. precisions])
        {
            if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentException($"Precisions must be finite and positive; found {value}.");
        }

        foreach (double value in effectiveParameters)
        {
            if (!(value >= 0) || !double.IsFinite(value)) throw new ArgumentException($"Numbers of effective parameters must be finite and at least 0; found {value}.");
        }

        (NoisePrecision, _precisions, _effectiveParameters) = (noisePrecision, precisions.ToArray(), effectiveParameters.ToArray());
    }

    /// <summary>b, the precision of the noise: 1/b is the variance of the label that the network does not explain, as a share of its whole variance.</summary>
    public double NoisePrecision { get; }

    /// <summary>a_g, the precision of the weights of each group, d + 3 numbers: they are about as large as 1/sqrt(a_g).</summary>
    public ReadOnlySpan<double> Precisions => _precisions;

    /// <summary>gamma_g, how many parameters of each group the rows determine, d + 3 numbers.</summary>
    public ReadOnlySpan<double> EffectiveParameters => _effectiveParameters;

    /// <summary>gamma, how many parameters the rows determine in all.</summary>
    public double TotalEffectiveParameters => _effectiveParameters.Sum();
}
