namespace GnMlNet.Cli.Models;

/// <summary>The errors of predictions.</summary>
/// <param name="RootMeanSquaredError">In units of the label.</param>
/// <param name="MeanAbsoluteError">In units of the label.</param>
/// <param name="RSquared">The coefficient of determination; null where fewer than two labels differ.</param>
internal sealed record Errors(double RootMeanSquaredError, double MeanAbsoluteError, double? RSquared)
{
    /// <summary>What is said where there are no rows, or no errors of them.</summary>
    internal static readonly Errors Unknown = new(double.NaN, double.NaN, null);

    /// <summary>
    /// Measures errors: of R² = 1 - SSE / SST, SST in a second pass around the mean. ML.NET's evaluator takes both from sums of squares of the labels themselves, which cancel where labels
    /// lie far from zero and overflow or vanish where they are large or small; here everything is divided by the greatest number beforehand and sums are compensated.
    /// </summary>
    /// <param name="labels">The labels, all finite.</param>
    /// <param name="scores">The predictions.</param>
    /// <exception cref="UserError">Some scores are not finite.</exception>
    internal static Errors Of(IReadOnlyList<double> labels, IReadOnlyList<double> scores)
    {
        if (labels.Count == 0) return Unknown;
        int broken = scores.Count(score => !double.IsFinite(score));
        if (broken > 0) throw new UserError(Invariant($"{broken} of {scores.Count} rows have no finite prediction, so that errors cannot be told; look for missing or huge values in their features."));

        double greatest = Math.Max(Greatest(labels), Greatest(scores));
        int exponent = greatest == 0 ? 0 : Math.ILogB(greatest) + 1;
        double[] scaled = [.. labels.Select(label => Math.ScaleB(label, -exponent))];
        double[] residuals = [.. scores.Select((score, j) => scaled[j] - Math.ScaleB(score, -exponent))];
        double residual = Greatest(residuals), squares = MeanSquare(residuals, residual);
        double absolute = residual == 0 ? 0 : residual * (Sum(residuals.Select(value => Math.Abs(value) / residual)) / residuals.Length);
        return new Errors(Math.ScaleB(residual * Math.Sqrt(squares), exponent), Math.ScaleB(absolute, exponent), Determination(scaled, residual, squares));
    }

    private static double? Determination(double[] labels, double residual, double squares)
    {
        // From the first label on: the differences of labels that lie close together are exact.
        double[] shifted = [.. labels.Select(label => label - labels[0])];
        double mean = Sum(shifted) / shifted.Length;
        double[] deviations = [.. shifted.Select(value => value - mean)];
        double deviation = Greatest(deviations);
        if (shifted.All(value => value == 0) || deviation == 0) return null;
        double ratio = residual / deviation;
        return 1 - (ratio * ratio * (squares / MeanSquare(deviations, deviation)));
    }

    private static double Greatest(IEnumerable<double> values) => values.Max(Math.Abs);

    /// <summary>The mean square in units of the square of the greatest value.</summary>
    private static double MeanSquare(double[] values, double greatest) => greatest == 0 ? 0 : Sum(values.Select(value => value / greatest * (value / greatest))) / values.Length;

    /// <summary>The sum, with what each addition rounds off added in the end (Neumaier).</summary>
    private static double Sum(IEnumerable<double> values)
    {
        double sum = 0, rest = 0;
        foreach (double value in values)
        {
            double next = sum + value;
            rest += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        return sum + rest;
    }
}
