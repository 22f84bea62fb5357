using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Networks;

/// <summary>
/// Random starting weights for standardized features and label: uniform with the bound of Glorot and Bengio (2010),
/// sqrt(6 / (inputs + outputs)) of the layer, biases included, so that hidden units start in the bent part of the activation.
/// </summary>
public static class Initialization
{
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
}
