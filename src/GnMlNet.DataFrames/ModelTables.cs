using System.Globalization;
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

    /// <param name="names">The names of the features, or none.</param>
    /// <param name="relevance">The relevance of each.</param>
    internal static DataFrame Relevance(IReadOnlyList<string> names, IReadOnlyList<double> relevance)
    {
        (string Name, double Value)[] sorted = [.. relevance.Select((value, k) => (k < names.Count ? names[k] : k.ToString(CultureInfo.InvariantCulture), value)).OrderByDescending(at => at.value)];
        return new DataFrame(new StringDataFrameColumn("Feature", sorted.Select(at => at.Name)), new DoubleDataFrameColumn("Relevance", sorted.Select(at => at.Value)));
    }
}
