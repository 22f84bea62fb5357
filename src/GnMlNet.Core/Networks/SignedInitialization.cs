using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Networks;

/// <summary>
/// The paper's initialization (Section 2.1): output signs c, which stay fixed, and initial hidden weights w_init of a network without biases. Immutable.
/// </summary>
public sealed class SignedInitialization
{
    private readonly double[] _signs;
    private readonly double[] _weights;

    /// <summary>Makes an initialization from numbers.</summary>
    /// <param name="inputSize">d, at least 1.</param>
    /// <param name="activation">sigma.</param>
    /// <param name="signs">c, m finite numbers, +1 and -1 in the paper; copied.</param>
    /// <param name="weights">w_init, m x d finite numbers, unit by unit; copied.</param>
    /// <exception cref="ArgumentException">The numbers of signs and weights do not fit, or one is not finite.</exception>
    public SignedInitialization(int inputSize, Activation activation, ReadOnlySpan<double> signs, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(activation);
        Shape = new NetworkShape(inputSize, signs.Length, HasBiases: false);
        Shape.Validate();
        if (weights.Length != (long)inputSize * signs.Length)
            throw new ArgumentException($"{signs.Length} units of {inputSize} inputs have {(long)inputSize * signs.Length} weights, not {weights.Length}.", nameof(weights));
        foreach (double value in (double[])[.. signs, .. weights])
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"Signs and weights must be finite; found {value}.");
        }

        Activation = activation;
        (_signs, _weights) = (signs.ToArray(), weights.ToArray());
    }

    /// <summary>The sizes, without biases.</summary>
    public NetworkShape Shape { get; }

    /// <summary>sigma, the activation of the hidden units.</summary>
    public Activation Activation { get; }

    /// <summary>c, m output signs.</summary>
    public ReadOnlySpan<double> Signs => _signs;

    /// <summary>w_init, m x d hidden weights, unit by unit.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Draws c_i uniform in {-1, +1} and w_init standard normal, all independent.</summary>
    /// <param name="inputSize">d, at least 1.</param>
    /// <param name="hiddenSize">m, at least 1.</param>
    /// <param name="activation">sigma.</param>
    /// <param name="random">The source of randomness; the same state gives the same initialization.</param>
    public static SignedInitialization Draw(int inputSize, int hiddenSize, Activation activation, Random random)
    {
        new NetworkShape(inputSize, hiddenSize).Validate();
        ArgumentNullException.ThrowIfNull(random);
        double[] signs = DrawSigns(hiddenSize, random);
        return new SignedInitialization(inputSize, activation, signs, DrawWeights(hiddenSize * inputSize, random));
    }

    /// <summary>
    /// Draws an anti-symmetric initialization (Remark 4): the second half of the units repeats the first with opposite signs, so that phi(w_init) = 0
    /// without subtracting it. J(w_init) then has rank p/2 at most: with p &lt; n it needs damping.
    /// </summary>
    /// <inheritdoc cref="Draw"/>
    /// <exception cref="ArgumentException"><paramref name="hiddenSize"/> is odd.</exception>
    public static SignedInitialization DrawAntiSymmetric(int inputSize, int hiddenSize, Activation activation, Random random)
    {
        new NetworkShape(inputSize, hiddenSize).Validate();
        ArgumentNullException.ThrowIfNull(random);
        if (hiddenSize % 2 != 0) throw new ArgumentException($"An anti-symmetric initialization needs an even number of hidden units, not {hiddenSize}.", nameof(hiddenSize));
        double[] signs = DrawSigns(hiddenSize / 2, random), weights = DrawWeights(hiddenSize / 2 * inputSize, random);
        return new SignedInitialization(inputSize, activation, [.. signs, .. signs.Select(sign => -sign)], [.. weights, .. weights]);
    }

    /// <summary>The parameters in the flattening order of <see cref="NetworkShape"/>: w_init, then c.</summary>
    internal double[] Parameters() => [.. _weights, .. _signs];

    private static double[] DrawSigns(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0 ? -1.0 : 1.0)];

    private static double[] DrawWeights(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => Normal.Sample(random, 0, 1))];
}
