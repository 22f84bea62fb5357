using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Tracing;

/// <summary>An iteration of training with the spectrum of its curvature, NaN where it was not asked for.</summary>
internal readonly record struct TracedIteration(TrainingIteration Iteration, double Condition, double EffectiveRank)
{
    /// <summary>What a table of iterations shows of each.</summary>
    internal static (string Name, Func<TracedIteration, double> Value)[] Columns { get; } =
    [
        ("iteration", at => at.Iteration.Iteration),
        ("loss", at => at.Iteration.Loss),
        ("mean_squared_error", at => at.Iteration.MeanSquaredError),
        ("gradient_norm", at => at.Iteration.GradientNorm),
        ("damping", at => at.Iteration.Damping),
        ("step_norm", at => at.Iteration.StepNorm),
        ("gain_ratio", at => at.Iteration.GainRatio),
        ("rejected_steps", at => at.Iteration.RejectedSteps),
        ("curvature_rows", at => at.Iteration.CurvatureRows),
        ("curvature_in_single_precision", at => at.Iteration.CurvatureInSinglePrecision ? 1 : 0),
        ("condition", at => at.Condition),
        ("effective_rank", at => at.EffectiveRank),
    ];
}
