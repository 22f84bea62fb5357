using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Explaining;

/// <summary>A row, what is predicted for it, and how fast that changes with each column there.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Prediction">The score with its interval.</param>
/// <param name="Slopes">By column, in the order of the model's columns: its value in the row, in words, and the derivative of the score.</param>
internal sealed record ExplainedRow(int Number, IntervalPrediction Prediction, IReadOnlyList<(string Column, string Value, Slope Slope)> Slopes)
{
    internal static ExplainedRow Of(ExplainedModel model, double[] row, int number) =>
        new(number, model.PredictInterval(row), [.. model.Columns.Zip(row, model.Slopes(row)).Select(at => (at.First.Name, EffectWords.ValueOf(at.First, at.Second), at.Third))]);
}
