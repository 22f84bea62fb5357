using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Training;

/// <summary>Checkpoints in the words of the command's options.</summary>
internal static class CheckpointWords
{
    private const string OnCluster = "cluster:";
    private const string TestFraction = "--test-fraction";

    /// <summary>What the trainer is told: the choices of the command that it does not know of among it.</summary>
    /// <param name="checkpoint">What was asked for.</param>
    /// <param name="testFraction">The share of rows held out for the test; null where it was not told.</param>
    /// <param name="progress">Told of checkpoints.</param>
    internal static CheckpointOptions? Complete(CheckpointOptions? checkpoint, double? testFraction, IProgress<CheckpointNotice>? progress) =>
        checkpoint is null ? null : checkpoint with { Progress = progress, Settings = new Dictionary<string, string> { [TestFraction] = testFraction is { } share ? Invariant($"{share}") : "not given" } };

    /// <summary>The name of a checkpoint that the cluster keeps, or null of a file.</summary>
    internal static string? NameOnCluster(string path) => path.StartsWith(OnCluster, StringComparison.Ordinal) ? path[OnCluster.Length..] : null;

    /// <summary>What a checkpoint differs in, and the way out.</summary>
    internal static string Explain(CheckpointRefusal refusal) => (refusal with { Present = Value(refusal.Present) }).Explain(Option);

    /// <summary>An option as it is typed.</summary>
    /// <param name="name">Its name in the core.</param>
    /// <param name="value">Its value there.</param>
    private static string Option(string name, string value)
    {
        string option = name switch
        {
            nameof(EnsembleOptions.Members) => "--ensemble",
            nameof(RunOptions.HiddenUnits) => "--hidden",
            nameof(RunOptions.Activation) => "--activation",
            nameof(RunOptions.Seed) => "--seed",
            nameof(EnsembleOptions.MaximumIterations) => "--iterations",
            nameof(EnsembleOptions.Penalty) => "--penalty",
            nameof(EnsembleOptions.Loss) => "--loss",
            nameof(EnsembleOptions.Intervals) => "--intervals",
            nameof(EnsembleOptions.IntervalLevel) => "--interval-level",
            nameof(EnsembleOptions.ValidationFraction) => "--validation-fraction",
            nameof(EnsembleOptions.Kernel) => "--kernel",
            nameof(TrainingOptions.Starts) => "--starts",
            "Lower" or nameof(GaussNewtonRegressionTrainer.Options.LowerBound) => "--lower-bound",
            "Upper" or nameof(GaussNewtonRegressionTrainer.Options.UpperBound) => "--upper-bound",
            _ => name,
        };
        // An option that is left out has no value to type.
        if (option.StartsWith("--", StringComparison.Ordinal) && (value.Contains(' ', StringComparison.Ordinal) || value.EndsWith("Infinity", StringComparison.Ordinal))) return $"no {option}";
        return $"{option} {Value(value)}";
    }

    private static string Value(string value) => value switch
    {
        nameof(RegressionLoss.SquaredError) => "squared",
        nameof(RegressionLoss.Huber) => "huber",
        _ => value,
    };
}
