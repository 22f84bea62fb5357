using System.Numerics;

namespace GnMlNet.Core.Data;

/// <summary>How the features of a row become the inputs of a network, column by column. Immutable.</summary>
public sealed class FeatureMap
{
    private readonly ColumnMap[] _columns;

    /// <summary>Makes a map from its columns.</summary>
    /// <param name="columns">One for every feature, at least one; copied.</param>
    /// <exception cref="ArgumentException">There are no columns.</exception>
    public FeatureMap(IReadOnlyList<ColumnMap> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0) throw new ArgumentException("A map needs at least one column.", nameof(columns));
        _columns = [.. columns];
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<ColumnMap> Columns => _columns;

    /// <summary>The inputs that features become.</summary>
    /// <param name="features">d numbers.</param>
    /// <param name="inputs">Where the d inputs go.</param>
    public void Map<T>(ReadOnlySpan<T> features, Span<double> inputs)
        where T : struct, INumberBase<T>
    {
        for (int k = 0; k < _columns.Length; k++) inputs[k] = _columns[k].Map(double.CreateTruncating(features[k]));
    }

    /// <summary>Standardizes every feature.</summary>
    internal static FeatureMap Plain(Standardization units) => new([.. units.Features.Select(ColumnMap.Plain)]);

    /// <summary>Standardizes every feature and bends it toward a normal distribution.</summary>
    /// <param name="units">The scales of the features.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="isSmooth">Whether values beyond the training rows lead smoothly into a constant.</param>
    internal static FeatureMap Bent(Standardization units, RegressionData data, bool isSmooth = false) =>
        new([.. units.Features.Select((scale, k) => ColumnMap.Bent(scale, [.. data.Column(k)], isSmooth))]);

    /// <summary>A table with inputs in place of features and standardized labels.</summary>
    internal RegressionData Map(RegressionData data, ColumnScale label)
    {
        var mapped = new RegressionData(_columns.Length) { Categories = data.Categories };
        double[] features = new double[_columns.Length], inputs = new double[_columns.Length];
        int?[] groups = data.Groups();
        foreach (RowBlock block in data.Blocks)
        {
            for (int j = 0; j < block.RowCount; j++)
            {
                for (int k = 0; k < features.Length; k++) features[k] = block.Column(k)[j];
                Map<double>(features, inputs);
                mapped.Add(inputs, label.Standardize(block.Labels[j]), block.Weights[j], groups[mapped.RowCount]);
            }
        }

        return mapped;
    }
}
