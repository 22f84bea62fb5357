using GnMlNet.Core.Ensembles;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet;

/// <summary>What a trained model adds to the rows of a scored view, in order: where it has intervals for a block of rows at a time, which is faster than one by one, as ML.NET asks for them, and gives the same numbers.</summary>
public static class BlockPredictions
{
    // Whole blocks of the ensemble.
    private const int RowsAtOnce = 3 * 96;

    /// <summary>The columns that a model adds: Score, and where it has intervals Lower, Upper and StandardDeviation.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<string> Names(GaussNewtonRegressionModelParameters model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ScoreMapper.ColumnNames(model.Ensemble?.Intervals is not null);
    }

    /// <summary>A number for each of these columns, row by row.</summary>
    /// <param name="network">The last step of a pipeline.</param>
    /// <param name="scored">What the pipeline makes of the rows.</param>
    /// <returns>As many numbers as there are <see cref="Names"/>, for each row; always the same array.</returns>
    /// <exception cref="InvalidOperationException">A row has another number of features than the model takes.</exception>
    public static IEnumerable<float[]> Of(RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network, IDataView scored)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(scored);
        return network.Model.Ensemble is { Intervals: not null } ensemble ? Intervals(ensemble, network.FeatureColumnName, scored) : Scores(scored);
    }

    private static IEnumerable<float[]> Scores(IDataView scored)
    {
        DataViewSchema.Column column = scored.Schema[DefaultColumnNames.Score];
        using DataViewRowCursor cursor = scored.GetRowCursor([column]);
        ValueGetter<float> get = cursor.GetGetter<float>(column);
        var score = new float[1];
        while (cursor.MoveNext())
        {
            get(ref score[0]);
            yield return score;
        }
    }

    private static IEnumerable<float[]> Intervals(NetworkEnsemble ensemble, string featureColumn, IDataView scored)
    {
        // A column that the model adds may have the name of the features, and hide them.
        DataViewSchema.Column column = scored.Schema.Last(candidate => candidate.Name == featureColumn && candidate.Type is VectorDataViewType);
        using DataViewRowCursor cursor = scored.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        var features = new float[RowsAtOnce * ensemble.InputSize];
        var predictions = new IntervalPrediction[RowsAtOnce];
        var row = new float[ScoreMapper.ColumnNames(hasIntervals: true).Length];
        for (int count = Read(); count > 0; count = Read())
        {
            ensemble.PredictIntervals(features.AsSpan(0, count * ensemble.InputSize), predictions.AsSpan(0, count));
            for (int j = 0; j < count; j++)
            {
                (row[0], row[1], row[2], row[3]) = ((float)predictions[j].Score, (float)predictions[j].Lower, (float)predictions[j].Upper, (float)predictions[j].StandardDeviation);
                yield return row;
            }
        }

        int Read()
        {
            VBuffer<float> buffer = default;
            int count = 0;
            for (; count < RowsAtOnce && cursor.MoveNext(); count++)
            {
                get(ref buffer);
                if (buffer.Length != ensemble.InputSize) throw new InvalidOperationException($"The model takes {ensemble.InputSize} features; the row of number {cursor.Position + 1} has {buffer.Length}.");
                buffer.CopyTo(features.AsSpan(count * ensemble.InputSize, ensemble.InputSize));
            }

            return count;
        }
    }
}
