using System.Numerics;

namespace GnMlNet.Core.Networks;

/// <summary>
/// A trained network y(x) = v_0 + sum_i v_i sigma(b_i + w_i . x), in the units of the data it was trained on. Immutable.
/// </summary>
public sealed class Network
{
    private readonly double[] _parameters;
    private readonly double[] _hiddenWeights;
    private readonly double[] _hiddenBiases;
    private readonly HiddenLayer _layer;

    /// <summary>Makes a network from its parameters, flattened by the rule of <see cref="NetworkShape"/>.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="activation">The activation of the hidden units.</param>
    /// <param name="parameters">theta, <see cref="NetworkShape.ParameterCount"/> finite numbers; copied.</param>
    /// <exception cref="ArgumentException">The number of parameters does not fit the shape, or one is not finite.</exception>
    public Network(NetworkShape shape, Activation activation, ReadOnlySpan<double> parameters)
    {
        shape.Validate();
        ArgumentNullException.ThrowIfNull(activation);
        if (parameters.Length != shape.ParameterCount)
            throw new ArgumentException($"A network of {shape.InputSize} inputs and {shape.HiddenSize} hidden units has {shape.ParameterCount} parameters, not {parameters.Length}.", nameof(parameters));
        foreach (double value in parameters)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"A network's parameters must be finite; found {value}.", nameof(parameters));
        }

        Shape = shape;
        Activation = activation;
        _parameters = parameters.ToArray();
        (_hiddenWeights, _hiddenBiases) = SplitHiddenLayer(shape, _parameters);
        _layer = new HiddenLayer(shape, activation, _hiddenWeights, _hiddenBiases, OutputWeights);
    }

    /// <summary>The sizes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The activation of the hidden units.</summary>
    public Activation Activation { get; }

    /// <summary>theta, flattened by the rule of <see cref="NetworkShape"/>.</summary>
    public ReadOnlySpan<double> Parameters => _parameters;

    /// <summary>The hidden weights, m x d, unit by unit.</summary>
    public ReadOnlySpan<double> HiddenWeights => _hiddenWeights;

    /// <summary>The m hidden biases; zeros in a network without biases.</summary>
    public ReadOnlySpan<double> HiddenBiases => _hiddenBiases;

    /// <summary>The m output weights.</summary>
    public ReadOnlySpan<double> OutputWeights => _parameters.AsSpan(Shape.OutputWeight(0), Shape.HiddenSize);

    /// <summary>The output bias; 0 in a network without biases.</summary>
    public double OutputBias => Shape.HasBiases ? _parameters[Shape.OutputBias] : 0;

    /// <summary>The network's value at <paramref name="features"/>; a missing (NaN) feature gives NaN.</summary>
    /// <param name="features">d numbers.</param>
    /// <exception cref="ArgumentException">The number of features is not <see cref="NetworkShape.InputSize"/>.</exception>
    public double Predict(ReadOnlySpan<float> features) => PredictFrom(features);

    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public double Predict(ReadOnlySpan<double> features) => PredictFrom(features);

    /// <summary>The network's value at <paramref name="features"/>, and its derivatives by the parameters.</summary>
    internal double Differentiate(ReadOnlySpan<double> features, Span<double> derivatives) => OutputBias + _layer.Differentiate(Shape, features, derivatives);

    /// <summary>Adds the derivatives of the network's value by its inputs at <paramref name="features"/>.</summary>
    internal void AddSlopes(ReadOnlySpan<double> features, Span<double> slopes) => _layer.AddSlopes(features, slopes);

    private double PredictFrom<T>(ReadOnlySpan<T> features)
        where T : struct, INumberBase<T>
    {
        if (features.Length != Shape.InputSize)
            throw new ArgumentException($"The network takes {Shape.InputSize} features, not {features.Length}.", nameof(features));

        return OutputBias + _layer.Predict(features);
    }

    private static (double[] Weights, double[] Biases) SplitHiddenLayer(NetworkShape shape, double[] parameters)
    {
        var weights = new double[shape.HiddenSize * shape.InputSize];
        var biases = new double[shape.HiddenSize];
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            parameters.AsSpan(shape.HiddenWeight(i, 0), shape.InputSize).CopyTo(weights.AsSpan(i * shape.InputSize));
            if (shape.HasBiases) biases[i] = parameters[shape.HiddenBias(i)];
        }

        return (weights, biases);
    }
}
