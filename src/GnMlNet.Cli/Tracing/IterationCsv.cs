using System.Globalization;
using CsvHelper;
using GnMlNet.Cli.Common;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Tracing;

/// <summary>The iterations of a training run as a CSV file, a row an iteration, numbers with all their digits.</summary>
internal static class IterationCsv
{
    private static readonly (string Name, Func<TrainingIteration, double> Value)[] Columns =
    [
        ("iteration", at => at.Iteration),
        ("loss", at => at.Loss),
        ("mean_squared_error", at => at.MeanSquaredError),
        ("gradient_norm", at => at.GradientNorm),
        ("damping", at => at.Damping),
        ("step_norm", at => at.StepNorm),
        ("gain_ratio", at => at.GainRatio),
        ("rejected_steps", at => at.RejectedSteps),
        ("curvature_rows", at => at.CurvatureRows),
        ("curvature_in_single_precision", at => at.CurvatureInSinglePrecision ? 1 : 0),
    ];

    internal static void Write(string path, IEnumerable<TracedIteration> iterations) => AtomicFile.WriteText(path, writer =>
    {
        using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach ((string name, _) in Columns) csv.WriteField(name);
        csv.WriteField("condition");
        csv.WriteField("effective_rank");
        csv.NextRecord();
        foreach (TracedIteration at in iterations)
        {
            foreach ((_, Func<TrainingIteration, double> value) in Columns) csv.WriteField(Text(value(at.Iteration)));
            csv.WriteField(Text(at.Condition));
            csv.WriteField(Text(at.EffectiveRank));
            csv.NextRecord();
        }
    });

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
