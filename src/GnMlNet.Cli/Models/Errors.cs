using Microsoft.ML.Data;

namespace GnMlNet.Cli.Models;

/// <summary>The errors of predictions.</summary>
/// <param name="RootMeanSquaredError">In units of the label.</param>
/// <param name="MeanAbsoluteError">In units of the label.</param>
/// <param name="RSquared">The coefficient of determination; null where the labels are all equal.</param>
internal sealed record Errors(double RootMeanSquaredError, double MeanAbsoluteError, double? RSquared)
{
    internal static Errors From(RegressionMetrics metrics) =>
        new(metrics.RootMeanSquaredError, metrics.MeanAbsoluteError, double.IsFinite(metrics.RSquared) ? metrics.RSquared : null);
}
