using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Networks;

/// <summary>
/// Random starting weights for standardized features and label: uniform with the bound of Glorot and Bengio (2010),
/// sqrt(6 / (inputs + outputs)) of the layer, biases included, so that hidden units start in the bent part of the activation.
/// </summary>
public static class Initialization
{
    private const double BiasDeviation = 0.5;

    /// <summary>Draws the parameters of a network in the flattening order of <see cref="NetworkShape"/>.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="random">The source of randomness; the same state gives the same parameters.</param>
    public static double[] Draw(NetworkShape shape, Random random)
    {
        shape.Validate();
        ArgumentNullException.ThrowIfNull(random);
        double hiddenBound = Math.Sqrt(6.0 / (shape.InputSize + shape.HiddenSize));
        double outputBound = Math.Sqrt(6.0 / (shape.HiddenSize + 1));
        var parameters = new double[shape.ParameterCount];
        int hiddenCount = shape.OutputWeight(0);
        for (int i = 0; i < parameters.Length; i++)
        {
            double bound = i < hiddenCount ? hiddenBound : outputBound;
            parameters[i] = ContinuousUniform.Sample(random, -bound, bound);
        }

        return parameters;
    }

    /// <summary>
    /// Draws the parameters of a member of an ensemble: normal hidden weights of variance 1/d, so that standardized inputs drive every unit with variance 1
    /// (LeCun et al., Efficient BackProp, 1998), hidden biases of standard deviation 1/2, output weights of variance 1/m and no output bias.
    /// Units spread wider than by <see cref="Draw"/>, so members find different functions, which is what makes their mean good.
    /// </summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="random">The source of randomness.</param>
    internal static double[] DrawSpread(NetworkShape shape, Random random)
    {
        var parameters = new double[shape.ParameterCount];
        double inputDeviation = 1 / Math.Sqrt(shape.InputSize), outputDeviation = 1 / Math.Sqrt(shape.HiddenSize);
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            for (int k = 0; k < shape.InputSize; k++) parameters[shape.HiddenWeight(i, k)] = Normal.Sample(random, 0, inputDeviation);
            if (shape.HasBiases) parameters[shape.HiddenBias(i)] = Normal.Sample(random, 0, BiasDeviation);
            parameters[shape.OutputWeight(i)] = Normal.Sample(random, 0, outputDeviation);
        }

        return parameters;
    }
}
