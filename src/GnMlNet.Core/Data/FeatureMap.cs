using System.Numerics;
using GnMlNet.Core.LinearAlgebra;

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
    /// <param name="work">The threads.</param>
    /// <param name="isSmooth">Whether values beyond the training rows lead smoothly into a constant.</param>
    /// <param name="rangeOf">The least and the greatest value of every feature, where these rows are a sample of the training rows; null where they are all.</param>
    internal static FeatureMap Bent(Standardization units, RegressionData data, WorkSharing work, bool isSmooth = false, Func<int, (double Least, double Greatest)>? rangeOf = null)
    {
        var columns = new ColumnMap[data.InputSize];
        double[] weights = data.Weights();
        work.For(columns.Length, k => columns[k] = ColumnMap.Bent(units.Features[k], data.Column(k), weights, isSmooth, rangeOf?.Invoke(k)));
        return new FeatureMap(columns);
    }

    /// <summary>A table with inputs in place of features and standardized labels.</summary>
    /// <param name="data">The table.</param>
    /// <param name="label">The scale of the label.</param>
    /// <param name="work">The threads.</param>
    /// <exception cref="ArgumentException">A value is too far from the rows that the map was made from to be finite in these units.</exception>
    internal RegressionData Map(RegressionData data, ColumnScale label, WorkSharing work) => data.Rewrite(
        (from, to) =>
        {
            for (int k = 0; k < _columns.Length; k++)
            {
                ReadOnlySpan<double> column = from.Column(k);
                Span<double> inputs = to.Column(k);
                for (int j = 0; j < from.RowCount; j++) inputs[j] = _columns[k].Map(column[j]);
            }

            for (int j = 0; j < from.RowCount; j++) to.Labels[j] = label.Standardize(from.Labels[j]);
        },
        work);
}
