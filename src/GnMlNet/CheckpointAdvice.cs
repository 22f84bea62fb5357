using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Training;
using Microsoft.ML.Runtime;

namespace GnMlNet;

/// <summary>Checkpoints in the names of the trainer's options.</summary>
internal static class CheckpointAdvice
{
    /// <summary>What the core is told: the choices of a single network that it does not know of among it.</summary>
    /// <param name="options">The trainer's options.</param>
    /// <param name="progress">Told of checkpoints.</param>
    internal static CheckpointOptions? Complete(GaussNewtonRegressionTrainer.Options options, IProgress<CheckpointNotice> progress)
    {
        if (options.Checkpoint is not { } checkpoint) return null;
        var settings = new Dictionary<string, string>(checkpoint.Settings);
        if (!options.IsEnsemble)
        {
            settings[nameof(options.Loss)] = $"{options.Loss}";
            settings[nameof(options.LowerBound)] = FormattableString.Invariant($"{options.Bounds.Lower}");
            settings[nameof(options.UpperBound)] = FormattableString.Invariant($"{options.Bounds.Upper}");
        }

        return checkpoint with { Progress = progress, Settings = settings };
    }

    /// <summary>The error of ML.NET's trainers. The refusal is inside, for a face with options of its own.</summary>
    internal static Exception Except(IExceptionContext host, CheckpointRefusedException refused) =>
        host.Except(refused, refused.Refusal.Explain((name, value) => $"{Option(name)} = {value}"));

    private static string Option(string name) => name switch
    {
        "Members" => nameof(GaussNewtonRegressionTrainer.Options.NumberOfNetworks),
        nameof(RunOptions.HiddenUnits) => nameof(GaussNewtonRegressionTrainer.Options.NumberOfHiddenUnits),
        nameof(TrainingOptions.Penalty) => nameof(GaussNewtonRegressionTrainer.Options.L2Regularization),
        "Lower" => nameof(GaussNewtonRegressionTrainer.Options.LowerBound),
        "Upper" => nameof(GaussNewtonRegressionTrainer.Options.UpperBound),
        nameof(TrainingOptions.MaximumIterations) => nameof(GaussNewtonRegressionTrainer.Options.MaximumNumberOfIterations),
        nameof(TrainingOptions.Patience) => nameof(GaussNewtonRegressionTrainer.Options.EarlyStoppingPatience),
        nameof(TrainingOptions.Starts) => nameof(GaussNewtonRegressionTrainer.Options.NumberOfStarts),
        _ => name,
    };
}
