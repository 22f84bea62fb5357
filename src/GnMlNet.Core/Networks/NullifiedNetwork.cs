namespace GnMlNet.Core.Networks;

/// <summary>
/// A trained network of the paper: y(x) = alpha (phi(x; w) - phi(x; w_init)), phi(x; w) = sum_i c_i sigma(x . w_i), which is 0 everywhere at w = w_init. Immutable.
/// </summary>
public sealed class NullifiedNetwork
{
    private readonly double[] _weights;

    /// <summary>Makes a trained network.</summary>
    /// <param name="initial">Signs, initial weights and activation.</param>
    /// <param name="weights">w, m x d finite numbers, unit by unit; copied.</param>
    /// <param name="scale">alpha, finite and positive.</param>
    /// <exception cref="ArgumentException">The number of weights is not that of the initial weights, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is not positive and finite.</exception>
    public NullifiedNetwork(SignedInitialization initial, ReadOnlySpan<double> weights, double scale)
    {
        ArgumentNullException.ThrowIfNull(initial);
        if (weights.Length != initial.Weights.Length) throw new ArgumentException($"There are {weights.Length} weights and {initial.Weights.Length} initial weights.", nameof(weights));
        if (!(scale > 0) || !double.IsFinite(scale)) throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be positive and finite.");
        (Initial, _weights, Scale) = (initial, weights.ToArray(), scale);
        Network = Combine();
    }

    /// <summary>Signs, initial weights and activation.</summary>
    public SignedInitialization Initial { get; }

    /// <summary>w, m x d hidden weights, unit by unit.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>alpha.</summary>
    public double Scale { get; }

    /// <summary>The same function as an ordinary network without biases of 2 m units: those of w with output weights alpha c, then those of w_init with -alpha c.</summary>
    public Network Network { get; }

    /// <summary>Takes apart a network that <see cref="Network"/> of a nullified network is or was saved from.</summary>
    /// <param name="network">The network of 2 m units.</param>
    /// <param name="scale">alpha.</param>
    /// <returns>The nullified network, or null where <paramref name="network"/> is not one for this alpha.</returns>
    public static NullifiedNetwork? FromNetwork(Network network, double scale)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Shape.HasBiases || network.Shape.HiddenSize % 2 != 0 || !(scale > 0) || !double.IsFinite(scale)) return null;

        int units = network.Shape.HiddenSize / 2, weights = units * network.Shape.InputSize;
        double[] signs = [.. network.OutputWeights[..units].ToArray().Select(weight => weight / scale)];
        var initial = new SignedInitialization(network.Shape.InputSize, network.Activation, signs, network.HiddenWeights[weights..]);
        var nullified = new NullifiedNetwork(initial, network.HiddenWeights[..weights], scale);
        return nullified.Network.Parameters.SequenceEqual(network.Parameters) ? nullified : null;
    }

    private Network Combine()
    {
        NetworkShape shape = Initial.Shape with { HiddenSize = 2 * Initial.Shape.HiddenSize };
        ReadOnlySpan<double> signs = Initial.Signs;
        var parameters = new double[shape.ParameterCount];
        _weights.CopyTo(parameters, 0);
        Initial.Weights.CopyTo(parameters.AsSpan(_weights.Length));
        for (int i = 0; i < signs.Length; i++)
        {
            parameters[shape.OutputWeight(i)] = Scale * signs[i];
            parameters[shape.OutputWeight(signs.Length + i)] = -Scale * signs[i];
        }

        return new Network(shape, Initial.Activation, parameters);
    }
}
