using GnMlNet.Core.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Internals;

/// <summary>The last step of a pipeline with polished weights, its record of training continued by what led there.</summary>
internal static class PolishedModel
{
    /// <param name="context">ML.NET.</param>
    /// <param name="transformer">The last step.</param>
    /// <param name="schema">What goes into it.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="last">The iteration that stands for polishing.</param>
    internal static RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Of(
        MLContext context, RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> transformer, DataViewSchema schema, double[] weights, TrainingIteration last) =>
        NetworkReplacement.In(context, transformer, schema, weights, last, new Termination(StoppingRule.GradientTolerance, last.GradientNorm, Math.Max(last.GradientNorm, TrainingOptions.Defaults.GradientTolerance)));
}
