using GnMlNet.Reference.Networks;

namespace GnMlNet.Reference.Minimizers;

/// <summary>
/// The change of units between a saved network, which takes features and gives labels as they are, and its training, where every column has its mean subtracted and is divided by its
/// deviation: w_ik is multiplied by the deviation of column k, b_i has sum_k w_ik mean_k added, output weights are divided by the label's deviation, and its mean is taken off the output bias.
/// </summary>
public sealed class AffineUnits
{
    // Of quotients; rounding stays far below all other errors.
    private const int Bits = 320;

    private readonly (Dyadic Mean, Dyadic Deviation)[] _features;
    private readonly Dyadic _labelMean;
    private readonly Dyadic _labelDeviation;

    /// <summary>Makes it from the numbers of training.</summary>
    /// <param name="features">Mean and deviation of each column; a constant one has the deviation 0, and its weights are 0.</param>
    /// <param name="label">Those of the label.</param>
    public AffineUnits(IEnumerable<(double Mean, double Deviation)> features, (double Mean, double Deviation) label)
    {
        _features = [.. features.Select(column => (Dyadic.FromDouble(column.Mean), Dyadic.FromDouble(column.Deviation)))];
        (_labelMean, _labelDeviation) = (Dyadic.FromDouble(label.Mean), Dyadic.FromDouble(label.Deviation == 0 ? 1 : label.Deviation));
    }

    /// <summary>The weights of a saved network, with biases, in the units of training.</summary>
    /// <param name="saved">Unit by unit the input weights and the bias, then output weights and output bias.</param>
    public WeightsInUnits ToTraining(double[] saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        ParameterLayout layout = LayoutOf(saved.Length);
        Dyadic[] theta = [.. saved.Select(Dyadic.FromDouble)];
        Magnitude error = Magnitude.Zero;
        for (int i = 0; i < layout.Units; i++)
        {
            int bias = layout.Hidden(i, layout.Inputs);
            for (int k = 0; k < layout.Inputs; k++)
            {
                int at = layout.Hidden(i, k);
                theta[bias] += theta[at] * _features[k].Mean;
                theta[at] *= _features[k].Deviation;
            }

            theta[layout.Output(i)] = DividedByLabel(theta[layout.Output(i)], ref error);
        }

        theta[layout.OutputBias] = DividedByLabel(theta[layout.OutputBias] - _labelMean, ref error);
        return WeightsInUnits.Within(theta, error);
    }

    /// <summary>Weights in the units of training as those of a saved network, each rounded once.</summary>
    internal double[] ToSaved(Dyadic[] theta)
    {
        ParameterLayout layout = LayoutOf(theta.Length);
        Dyadic[] raw = [.. theta];
        for (int i = 0; i < layout.Units; i++)
        {
            int bias = layout.Hidden(i, layout.Inputs);
            for (int k = 0; k < layout.Inputs; k++)
            {
                int at = layout.Hidden(i, k);
                // Rounded before it moves the bias, so that the bias makes up for the rounding.
                raw[at] = _features[k].Deviation.IsZero ? Dyadic.Zero : Dyadic.FromDouble(Ball.Divide(Ball.Exact(raw[at]), Ball.Exact(_features[k].Deviation), Bits).Midpoint.ToDouble());
                raw[bias] -= raw[at] * _features[k].Mean;
            }

            raw[layout.Output(i)] *= _labelDeviation;
        }

        raw[layout.OutputBias] = (raw[layout.OutputBias] * _labelDeviation) + _labelMean;
        return [.. raw.Select(weight => weight.ToDouble())];
    }

    private ParameterLayout LayoutOf(int count)
    {
        int d = _features.Length, units = (count - 1) / (d + 2);
        if (count != (units * (d + 2)) + 1) throw new ArgumentException($"{count} weights are none of a network of {d} inputs with biases.", nameof(count));
        return new ParameterLayout(d, units, HasBiases: true, TrainsOutputLayer: true);
    }

    private Dyadic DividedByLabel(Dyadic weight, ref Magnitude error)
    {
        Ball quotient = Ball.Divide(Ball.Exact(weight), Ball.Exact(_labelDeviation), Bits);
        // A sum of radii is at least the Euclidean norm of the errors.
        error += quotient.Radius;
        return quotient.Midpoint;
    }
}
