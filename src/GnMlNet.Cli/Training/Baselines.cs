using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace GnMlNet.Cli.Training;

/// <summary>ML.NET's own trainers at their defaults, for comparison.</summary>
internal static class Baselines
{
    internal static IEnumerable<(string Name, IEstimator<ITransformer> Trainer)> Create(MLContext context, string label, int seed)
    {
        // One thread: with more, SDCA's result changes from run to run.
        var linear = new SdcaRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = RegressionTable.FeatureColumn, NumberOfThreads = 1 };
        yield return ("ML.NET linear (SDCA)", context.Transforms.NormalizeMeanVariance(RegressionTable.FeatureColumn, fixZero: false).Append(context.Regression.Trainers.Sdca(linear)));

        var trees = new FastTreeRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = RegressionTable.FeatureColumn, Seed = seed };
        yield return ("ML.NET FastTree", context.Regression.Trainers.FastTree(trees));
    }
}
