using System.Globalization;
using GnMlNet.Core.Insight;
using GnMlNet.Core.Training;
using Microsoft.Data.Analysis;

namespace GnMlNet.DataFrames;

/// <summary>What is known of a trained model, as data frames.</summary>
internal static class ModelTables
{
    internal static DataFrame History(IReadOnlyList<TrainingIteration> iterations)
    {
        Int32DataFrameColumn Whole(string name, Func<TrainingIteration, int> value) => new(name, iterations.Select(value));
        DoubleDataFrameColumn Real(string name, Func<TrainingIteration, double> value) => new(name, iterations.Select(value).Select(number => double.IsNaN(number) ? (double?)null : number));
        return new DataFrame(
            Whole(nameof(TrainingIteration.Start), at => at.Start),
            Whole(nameof(TrainingIteration.Iteration), at => at.Iteration),
            Real(nameof(TrainingIteration.Loss), at => at.Loss),
            Real(nameof(TrainingIteration.MeanSquaredError), at => at.MeanSquaredError),
            Real(nameof(TrainingIteration.ValidationError), at => at.ValidationError),
            Real(nameof(TrainingIteration.GradientNorm), at => at.GradientNorm),
            Real(nameof(TrainingIteration.Damping), at => at.Damping),
            Real(nameof(TrainingIteration.StepNorm), at => at.StepNorm),
            Real(nameof(TrainingIteration.GainRatio), at => at.GainRatio),
            Whole(nameof(TrainingIteration.RejectedSteps), at => at.RejectedSteps),
            Whole(nameof(TrainingIteration.CurvatureRows), at => at.CurvatureRows),
            new BooleanDataFrameColumn(nameof(TrainingIteration.CurvatureInSinglePrecision), iterations.Select(at => at.CurvatureInSinglePrecision)),
            Real(nameof(TrainingIteration.NoisePrecision), at => at.NoisePrecision),
            Real(nameof(TrainingIteration.EffectiveParameters), at => at.EffectiveParameters));
    }

    internal static DataFrame Effects(EffectReport report)
    {
        (ColumnEffect Column, int Place)[] points = [.. report.Columns.SelectMany(column => Enumerable.Range(0, column.Grid.Count).Select(place => (column, place)))];
        DoubleDataFrameColumn Real(string name, Func<ColumnEffect, int, double?> value) => new(name, points.Select(at => value(at.Column, at.Place) is { } number && double.IsFinite(number) ? number : (double?)null));
        return new DataFrame(
            new StringDataFrameColumn("Column", points.Select(at => at.Column.Name)),
            Real("Value", (column, place) => column.Levels is null ? column.Grid[place] : null),
            new StringDataFrameColumn("Level", points.Select(at => at.Column.Levels?[(int)at.Column.Grid[at.Place]])),
            new Int32DataFrameColumn("Rows", points.Select(at => at.Column.RowCounts[at.Place])),
            Real("PartialDependence", (column, place) => column.PartialDependence.Values[place]),
            Real("PartialDependenceDeviation", (column, place) => column.PartialDependence.Deviations[place]),
            Real("AccumulatedLocalEffects", (column, place) => column.AccumulatedLocalEffects?.Values[place]),
            Real("AccumulatedLocalEffectsDeviation", (column, place) => column.AccumulatedLocalEffects?.Deviations[place]),
            new StringDataFrameColumn("Recommended", points.Select(at => at.Column.Recommended.ToString())));
    }

    /// <param name="names">The names of the features, or none.</param>
    /// <param name="relevance">The relevance of each.</param>
    internal static DataFrame Relevance(IReadOnlyList<string> names, IReadOnlyList<double> relevance)
    {
        (string Name, double Value)[] sorted = [.. relevance.Select((value, k) => (k < names.Count ? names[k] : k.ToString(CultureInfo.InvariantCulture), value)).OrderByDescending(at => at.value)];
        return new DataFrame(new StringDataFrameColumn("Feature", sorted.Select(at => at.Name)), new DoubleDataFrameColumn("Relevance", sorted.Select(at => at.Value)));
    }
}
