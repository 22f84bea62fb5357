using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Training;

/// <summary>The options of a single network on which the bits of its training depend, by name.</summary>
internal static class TrainingSettings
{
    internal static IEnumerable<(string Name, string Value)> Of(TrainingOptions options) =>
    [
        ("Members", "1"),
        .. Of(options.Run),
        (nameof(options.Penalty), SettingText.Of(options.Penalty)),
        (nameof(options.AdaptPenalty), SettingText.Of(options.AdaptPenalty)),
        (nameof(options.Biases), SettingText.Of(options.Biases)),
        (nameof(options.TrainOutputLayer), SettingText.Of(options.TrainOutputLayer)),
        (nameof(options.Standardize), SettingText.Of(options.Standardize)),
        (nameof(options.ApproximateCurvature), SettingText.Of(options.ApproximateCurvature)),
        (nameof(options.MaximumIterations), SettingText.Of(options.MaximumIterations)),
        (nameof(options.GradientTolerance), SettingText.Of(options.GradientTolerance)),
        (nameof(options.StepTolerance), SettingText.Of(options.StepTolerance)),
        (nameof(options.LossTolerance), SettingText.Of(options.LossTolerance)),
        (nameof(options.ValidationFraction), SettingText.Of(options.ValidationFraction)),
        (nameof(options.Patience), SettingText.Of(options.Patience)),
        (nameof(options.Starts), SettingText.Of(options.Starts)),
    ];

    /// <summary>What every run has.</summary>
    internal static IEnumerable<(string Name, string Value)> Of(RunOptions run) =>
    [
        (nameof(run.Seed), SettingText.Of(run.Seed)),
        (nameof(run.HiddenUnits), SettingText.Of(run.HiddenUnits, "the default")),
        (nameof(run.Activation), run.Activation.Name),
    ];

    /// <summary>What tells a network that training begins with from others.</summary>
    internal static string Of(Network? initial) => initial is null ? "" : StateHash.Of(writer => writer.Write(initial.Parameters));
}
