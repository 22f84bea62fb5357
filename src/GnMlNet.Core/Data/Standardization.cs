using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Data;

/// <summary>
/// The affine change of units that training works in: every feature and the label with weighted mean 0 and variance 1.
/// Networks are carried between the two systems of units by changing their weights, so a trained network takes raw features.
/// </summary>
public sealed class Standardization
{
    private readonly ColumnScale[] _features;

    private Standardization(ColumnScale[] features, ColumnScale label)
    {
        _features = features;
        Label = label;
    }

    /// <summary>The scales of the features, by column.</summary>
    public IReadOnlyList<ColumnScale> Features => _features;

    /// <summary>The scale of the label.</summary>
    public ColumnScale Label { get; }

    /// <summary>Measures the scales of a table.</summary>
    /// <exception cref="ArgumentException">The table is empty.</exception>
    public static Standardization Measure(RegressionData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.RowCount == 0) throw new ArgumentException("The table has no rows.", nameof(data));

        var features = new ColumnScale[data.InputSize];
        double[] weights = data.Weights();
        for (int k = 0; k < features.Length; k++) features[k] = ColumnScale.Measure(data.Column(k), weights);

        return new Standardization(features, ColumnScale.Measure(data.Labels(), weights));
    }

    /// <summary>Scales that are known already.</summary>
    internal static Standardization Of(ColumnScale[] features, ColumnScale label) => new(features, label);

    /// <summary>Measures the scales of a table's features and leaves the label as it is, which is what the paper's experiments do.</summary>
    /// <exception cref="ArgumentException">The table is empty.</exception>
    public static Standardization MeasureFeatures(RegressionData data) => new(Measure(data)._features, new ColumnScale(0, 1));

    /// <summary>The table in standardized units, with the weights as they are.</summary>
    /// <exception cref="ArgumentException">A value is too far from the mean of its column to be finite in these units.</exception>
    public RegressionData Standardize(RegressionData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        RegressionData result = data.Copy();
        foreach (RowBlock block in result.Blocks)
        {
            Standardize(block);
            if (!block.IsFinite) throw new ArgumentException("The table has a value so far from the scales' mean that it overflows in standardized units.", nameof(data));
        }

        return result;
    }

    /// <summary>Brings rows to standardized units in place.</summary>
    internal void Standardize(RowBlock block)
    {
        for (int k = 0; k < _features.Length; k++) Standardize(block.Column(k)[..block.RowCount], _features[k]);
        Standardize(block.Labels.AsSpan(0, block.RowCount), Label);
    }

    /// <summary>Rewrites a network of standardized units so that it takes raw features and gives raw labels.</summary>
    internal Network ToRawUnits(NetworkShape shape, Activation activation, ReadOnlySpan<double> standardized)
    {
        double[] raw = standardized.ToArray();
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            // b + sum w (x - mean)/dev = (b - sum (w/dev) mean) + sum (w/dev) x
            for (int k = 0; k < shape.InputSize; k++)
            {
                int at = shape.HiddenWeight(i, k);
                raw[at] = _features[k].Deviation == 0 ? 0 : raw[at] / _features[k].Deviation;
                if (shape.HasBiases) raw[shape.HiddenBias(i)] -= raw[at] * _features[k].Mean;
            }

            raw[shape.OutputWeight(i)] *= Label.Deviation;
        }

        if (shape.HasBiases) raw[shape.OutputBias] = (raw[shape.OutputBias] * Label.Deviation) + Label.Mean;
        return new Network(shape, activation, raw);
    }

    /// <summary>The parameters, in standardized units, of a network of raw units: the inverse of <see cref="ToRawUnits"/> where no column is constant.</summary>
    internal double[] ToStandardizedUnits(Network network)
    {
        NetworkShape shape = network.Shape;
        double labelDeviation = Label.Deviation == 0 ? 1 : Label.Deviation;
        double[] standardized = network.Parameters.ToArray();
        for (int i = 0; i < shape.HiddenSize; i++)
        {
            for (int k = 0; k < shape.InputSize; k++)
            {
                int at = shape.HiddenWeight(i, k);
                if (shape.HasBiases) standardized[shape.HiddenBias(i)] += standardized[at] * _features[k].Mean;
                standardized[at] *= _features[k].Deviation;
            }

            standardized[shape.OutputWeight(i)] /= labelDeviation;
        }

        if (shape.HasBiases) standardized[shape.OutputBias] = (standardized[shape.OutputBias] - Label.Mean) / labelDeviation;
        return standardized;
    }

    private static void Standardize(Span<double> column, ColumnScale scale)
    {
        foreach (ref double value in column) value = scale.Standardize(value);
    }
}
