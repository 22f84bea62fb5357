using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace GnMlNet.Cli.Training;

/// <summary>ML.NET's own trainers at their defaults, for comparison.</summary>
internal static class Baselines
{
    // What SDCA allows itself: three passes for every so many rows that fit into half a million.
    private const int DefaultPasses = 3, DefaultRows = 500_000;
    private const int MostPasses = 1000;

    // What FastTree makes of a number: that itself, a double to sort, its bin, and sums.
    private const int BytesOfNumber = 40;

    /// <summary>The most bytes that a training row takes with all that the trainers make of it.</summary>
    internal static long RowBytes(int features) => BytesOfNumber * (features + 2L);

    /// <summary>
    /// The trainers. SDCA's passes over the rows are limited to a thousand: by itself it allows 1.5 million of them on a single row, which take minutes where its stopping rule is never met, as
    /// where it can fit the rows exactly. On tables of 1,500 rows or more its own limit is the lower one and stays.
    /// </summary>
    /// <param name="label">The column to predict.</param>
    /// <param name="rows">How many training rows there are.</param>
    /// <param name="seed">The seed of both.</param>
    internal static IEnumerable<(string Name, IEstimator<ITransformer> Trainer)> Create(string label, int rows, int seed)
    {
        // One of its own: the order in which SDCA takes the rows depends on all that was made with a context before.
        var context = new MLContext(seed);
        // One thread: with more, SDCA's result changes from run to run.
        var linear = new SdcaRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = RegressionTable.FeatureColumn, NumberOfThreads = 1, MaximumNumberOfIterations = Passes(rows) };
        yield return ("ML.NET linear (SDCA)", context.Transforms.NormalizeMeanVariance(RegressionTable.FeatureColumn, fixZero: false).Append(context.Regression.Trainers.Sdca(linear)));

        var trees = new FastTreeRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = RegressionTable.FeatureColumn, Seed = seed };
        yield return ("ML.NET FastTree", context.Regression.Trainers.FastTree(trees));
    }

    /// <summary>How many passes SDCA may make.</summary>
    internal static int Passes(int rows) => Math.Min(MostPasses, DefaultPasses * Math.Max(1, DefaultRows / rows));
}
