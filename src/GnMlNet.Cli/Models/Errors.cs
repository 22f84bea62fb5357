namespace GnMlNet.Cli.Models;

/// <summary>The errors of predictions.</summary>
/// <param name="RootMeanSquaredError">In units of the label.</param>
/// <param name="MeanAbsoluteError">In units of the label.</param>
/// <param name="RSquared">The coefficient of determination; null where fewer than two labels differ.</param>
internal sealed record Errors(double RootMeanSquaredError, double MeanAbsoluteError, double? RSquared)
{
    /// <summary>What is said where there are no rows, or no errors of them.</summary>
    internal static readonly Errors Unknown = new(double.NaN, double.NaN, null);

    /// <summary>Measures errors, as the rows come.</summary>
    /// <param name="labels">The labels, all finite.</param>
    /// <param name="scores">The predictions, as many.</param>
    /// <exception cref="UserError">Some scores are not finite.</exception>
    internal static Errors Of(IEnumerable<double> labels, IEnumerable<double> scores)
    {
        var tally = new ErrorTally();
        using IEnumerator<double> label = labels.GetEnumerator(), score = scores.GetEnumerator();
        while (true)
        {
            bool isThere = label.MoveNext();
            if (isThere != score.MoveNext()) throw new InvalidOperationException("There are not as many predictions as labels.");
            if (!isThere) return tally.ToErrors();
            tally.Add(label.Current, score.Current);
        }
    }
}
