using GnMlNet.Cli.Models;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Training;

/// <summary>What <c>gnml train</c> did, for its table and its JSON.</summary>
internal sealed record TrainResult(
    RegressionTable Table,
    int TrainingRows,
    int TrainingRowsMeasured,
    int TestRows,
    int Seed,
    GaussNewtonRegressionModelParameters Model,
    IReadOnlyList<TrainerMetrics> Trainers,
    string ModelPath)
{
    /// <summary>The checkpoint from which training that was ended early can go on; null where it came to its end, or has none.</summary>
    internal string? Checkpoint { get; init; }

    /// <summary>Of how many training rows errors are, where these are not all; null where they are.</summary>
    internal string? MeasuredNote => TrainingRowsMeasured == TrainingRows ? null : Invariant($"Errors on training rows are those of {TrainingRowsMeasured} spread evenly over all.");

    /// <summary>What a trainer is called beside the others: with the number of its rows where these are not all.</summary>
    internal string NameOf(TrainerMetrics trainer) => trainer.TrainingRows == TrainingRows ? trainer.Name : Invariant($"{trainer.Name} on {trainer.TrainingRows} rows");

    /// <summary>The test rows with their predictions, of many some that are spread evenly over them, where a page was asked for.</summary>
    internal IReadOnlyList<TestRow> TestPredictions { get; init; } = [];

    /// <summary>How much the test RMSE rises when a feature is permuted, where a page was asked for.</summary>
    internal IReadOnlyList<(string Feature, double Rise)> Importance { get; init; } = [];

    /// <summary>What predictions do along the columns of the table, where a page was asked for.</summary>
    internal EffectReport? Effects { get; init; }
}

/// <summary>How well one trainer did.</summary>
/// <param name="Name">The trainer.</param>
/// <param name="TrainingRows">How many rows it was trained on.</param>
/// <param name="Training">Its errors on the training rows, of many on those that were measured.</param>
/// <param name="Test">Its errors on the test rows, where there are any.</param>
/// <param name="Seconds">How long training took, in seconds.</param>
internal sealed record TrainerMetrics(string Name, int TrainingRows, Errors Training, Errors? Test, double Seconds);
