using GnMlNet.Cli.Tables;
using GnMlNet.Core.Ensembles;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Models;

/// <summary>What a saved model adds to the rows of a scored view, in order: where it has intervals for a block of rows at a time, which is faster than one by one, as ML.NET asks for them, and gives the same numbers.</summary>
internal static class BlockPredictions
{
    // Whole blocks of the ensemble.
    private const int RowsAtOnce = 3 * 96;

    private static readonly string[] s_withIntervals = [RegressionTable.ScoreColumn, "Lower", "Upper"];

    /// <summary>The names of the columns.</summary>
    internal static IReadOnlyList<string> Names(SavedModel model) => model.Network.Ensemble?.Intervals is null ? [RegressionTable.ScoreColumn] : s_withIntervals;

    /// <summary>A number for each of these columns, row by row; always the same array.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scored">What its pipeline makes of the rows.</param>
    internal static IEnumerable<float[]> Of(SavedModel model, IDataView scored) => model.Network.Ensemble is { Intervals: not null } ensemble ? Intervals(ensemble, model.FeatureColumn, scored) : Scores(scored);

    private static IEnumerable<float[]> Scores(IDataView scored)
    {
        DataViewSchema.Column column = scored.Schema[RegressionTable.ScoreColumn];
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
        var row = new float[s_withIntervals.Length];
        for (int count = Read(); count > 0; count = Read())
        {
            ensemble.PredictIntervals(features.AsSpan(0, count * ensemble.InputSize), predictions.AsSpan(0, count));
            for (int j = 0; j < count; j++)
            {
                (row[0], row[1], row[2]) = ((float)predictions[j].Score, (float)predictions[j].Lower, (float)predictions[j].Upper);
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
                if (buffer.Length != ensemble.InputSize) throw new UserError($"The model takes {ensemble.InputSize} features; the row of number {cursor.Position + 1} has {buffer.Length}.");
                buffer.CopyTo(features.AsSpan(count * ensemble.InputSize, ensemble.InputSize));
            }

            return count;
        }
    }
}
