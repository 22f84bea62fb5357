using GnMlNet.Balls;
using GnMlNet.Reference.Blocks;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Predictions;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The cross-check of the columns that an ensemble writes.</summary>
/// <param name="What">What was to be checked.</param>
/// <param name="Check">The outcome.</param>
/// <param name="Posteriors">That of the variances of its kernel block, in the order of the members.</param>
/// <param name="Elapsed">How long the check took.</param>
internal sealed record PredictionsCheckResult(PredictionsToCheck What, PredictionCrossCheck Check, IReadOnlyList<PosteriorCrossCheck> Posteriors, TimeSpan Elapsed)
{
    /// <summary>The figures, named.</summary>
    internal IEnumerable<(string Quantity, string Name, CertifiedFigure Error, double Bound, Verdict Verdict, int Count)> Figures =>
    [
        .. Check.Columns.Select(column => ($"{column.Column}", $"{column.Column}, absolute", column.Error, column.Promised, column.IsWithinBound, column.Count)),
        .. Posteriors.Zip(What.Posteriors, (check, what) => (Invariant($"BlockVariance{what.Member}"), Invariant($"variance, block member {what.Member}"), check.Error, check.Promised, check.IsWithinBound, check.Count)),
    ];

    /// <summary>Whether all that is promised holds.</summary>
    internal Verdict Verdict => Verdicts.Of([.. Figures.Select(figure => figure.Verdict)]);

    /// <summary>Everything that is not proved.</summary>
    internal IEnumerable<OpenFigure> Open =>
        Figures.Where(figure => figure.Verdict != Verdict.Proved).Select(figure => new OpenFigure(figure.Quantity, 0, figure.Verdict, $"the error of {figure.Name} is not proved to be within its bound"));
}
