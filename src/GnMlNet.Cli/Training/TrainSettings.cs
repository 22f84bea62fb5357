using GnMlNet.Cli.Clustering;
using GnMlNet.Cli.Tables;
using GnMlNet.Core.Checkpoints;

namespace GnMlNet.Cli.Training;

/// <summary>What <c>gnml train</c> was asked for.</summary>
/// <param name="Table">The table.</param>
/// <param name="Trainer">What was chosen of training; the job adds columns and progress.</param>
/// <param name="Seed">The seed of the split and of the initial weights.</param>
/// <param name="TestFraction">The share of rows held out for the test; null for what is held out without being told.</param>
/// <param name="WithBaselines">Whether ML.NET's own trainers are trained for comparison.</param>
/// <param name="ModelPath">Where to write the model.</param>
/// <param name="PagePath">Where to write the page about the model; null for nowhere.</param>
internal sealed record TrainSettings(TableSettings Table, GaussNewtonRegressionTrainer.Options Trainer, int Seed, double? TestFraction, bool WithBaselines, string ModelPath, string? PagePath)
{
    /// <summary>The cluster whose silos share the work; null for this process alone.</summary>
    internal TrainingClusterSettings? Cluster { get; init; }

    /// <summary>Where checkpoints are kept; null for none.</summary>
    internal CheckpointOptions? Checkpoint { get; init; }
}
