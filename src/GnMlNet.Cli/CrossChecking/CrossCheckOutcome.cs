using GnMlNet.Balls;
using GnMlNet.Reference.CrossChecks;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>Everything that was checked.</summary>
/// <param name="Runs">The runs, and the networks of a model.</param>
/// <param name="Blocks">The members of a model's kernel block.</param>
/// <param name="Predictions">The columns that an ensemble writes.</param>
internal sealed record CrossCheckOutcome(IReadOnlyList<CrossCheckResult> Runs, IReadOnlyList<BlockCheckResult> Blocks, IReadOnlyList<PredictionsCheckResult> Predictions)
{
    /// <summary>What was not checked and might be thought to be, one sentence each.</summary>
    internal IReadOnlyList<string> NotChecked { get; init; } = [];

    /// <summary>Whether all that is promised holds.</summary>
    internal Verdict Verdict => Verdicts.Of([.. Runs.Select(run => run.Verdict), .. Blocks.Select(block => block.Verdict), .. Predictions.Select(predictions => predictions.Verdict)]);

    /// <summary>Everything that is not proved, with the name of the files of what it belongs to.</summary>
    internal IReadOnlyList<(string File, OpenFigure Figure)> Open =>
    [
        .. Runs.SelectMany(run => run.Open.Select(figure => (run.File, figure))),
        .. Blocks.SelectMany(block => block.Open.Select(figure => (block.What.File, figure))),
        .. Predictions.SelectMany(predictions => predictions.Open.Select(figure => (predictions.What.File, figure))),
    ];
}
