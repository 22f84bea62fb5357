using GnMlNet.Core.Data;

namespace GnMlNet.Core.Streaming;

/// <summary>What one pass over a source tells: scales, a sample of the rows, and how large its groups are.</summary>
internal sealed class TableSurvey
{
    private readonly ColumnMoments[] _columns;
    private ColumnMoments _label = new();

    private TableSurvey(IRowSource source)
    {
        _columns = [.. Enumerable.Range(0, source.InputSize).Select(_ => new ColumnMoments())];
        Sample = new RegressionData(source.InputSize) { Categories = source.Categories };
    }

    /// <summary>The sample, with features as they came.</summary>
    internal RegressionData Sample { get; }

    /// <summary>The number in the source of every row of the sample.</summary>
    internal List<long> SampleNumbers { get; } = [];

    /// <summary>How many rows every group has; empty where rows have none.</summary>
    internal Dictionary<int, long> GroupSizes { get; } = [];

    /// <summary>Scales of all features and of the label.</summary>
    internal Standardization Units => Standardization.Of([.. _columns.Select(column => column.Scale)], _label.Scale);

    /// <summary>The least and the greatest value of a feature.</summary>
    internal (double Least, double Greatest) RangeOf(int column) => (_columns[column].Least, _columns[column].Greatest);

    /// <summary>The least and the greatest label.</summary>
    internal (double Least, double Greatest) LabelRange => (_label.Least, _label.Greatest);

    /// <summary>Goes through a source.</summary>
    /// <param name="source">At least one row.</param>
    /// <param name="sampleRows">About how many rows the sample has: each is drawn with the same probability, by a hash of its number.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellation">Cancels it.</param>
    internal static TableSurvey Of(IRowSource source, int sampleRows, ulong seed, CancellationToken cancellation)
    {
        var survey = new TableSurvey(source);
        double share = Math.Min(1, sampleRows / (double)source.RowCount);
        var features = new double[source.InputSize];
        long number = 0;
        foreach (SourceBlock block in source.Blocks())
        {
            cancellation.ThrowIfCancellationRequested();
            RowBlock rows = block.Rows;
            ReadOnlySpan<double> weights = rows.Weights.AsSpan(0, rows.RowCount);
            for (int k = 0; k < features.Length; k++) survey._columns[k].Add(rows.Column(k)[..rows.RowCount], weights);
            survey._label.Add(rows.Labels.AsSpan(0, rows.RowCount), weights);
            for (int j = 0; j < rows.RowCount; j++, number++)
            {
                if (block.GroupOf(j) is { } group) survey.GroupSizes[group] = survey.GroupSizes.GetValueOrDefault(group) + 1;
                if (!(RowHash.Fraction(RowHash.Of(seed, (ulong)number)) < share)) continue;
                for (int k = 0; k < features.Length; k++) features[k] = rows.Column(k)[j];
                survey.Sample.Add(features, rows.Labels[j], rows.Weights[j], block.GroupOf(j));
                survey.SampleNumbers.Add(number);
            }
        }

        return survey;
    }
}
