using GnMlNet.Cli.Models;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Insight;

namespace GnMlNet.Cli.Training;

/// <summary>What <c>gnml train</c> did, for its table and its JSON.</summary>
internal sealed record TrainResult(
    RegressionTable Table,
    int TrainingRows,
    int TestRows,
    int Seed,
    GaussNewtonRegressionModelParameters Model,
    IReadOnlyList<TrainerMetrics> Trainers,
    string ModelPath)
{
    /// <summary>The checkpoint from which training that was ended early can go on; null where it came to its end, or has none.</summary>
    internal string? Checkpoint { get; init; }

    /// <summary>The test rows with their predictions, where a page was asked for.</summary>
    internal IReadOnlyList<TestRow> TestPredictions { get; init; } = [];

    /// <summary>How much the test RMSE rises when a feature is permuted, where a page was asked for.</summary>
    internal IReadOnlyList<(string Feature, double Rise)> Importance { get; init; } = [];

    /// <summary>What predictions do along the columns of the table, where a page was asked for.</summary>
    internal EffectReport? Effects { get; init; }
}

/// <summary>How well one trainer did.</summary>
/// <param name="Name">The trainer.</param>
/// <param name="Training">Its errors on the training rows.</param>
/// <param name="Test">Its errors on the test rows, where there are any.</param>
/// <param name="Seconds">How long training took, in seconds.</param>
internal sealed record TrainerMetrics(string Name, Errors Training, Errors? Test, double Seconds);
