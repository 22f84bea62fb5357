using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Tracing;

/// <summary>The iterations of a training run as a CSV file, a row an iteration.</summary>
internal static class IterationCsv
{
    private static readonly (string Name, Func<TracedIteration, double> Value)[] Columns =
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

    internal static void Write(string path, IEnumerable<TracedIteration> iterations) => AtomicFile.WriteText(path, writer => NumberCsv.Write(writer, Columns, iterations));
}
