using GnMlNet.Reference.Predictions;

namespace GnMlNet.Cli.CrossChecking;

/// <summary>The columns of an ensemble at some rows that are to be checked.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="File">What their file is called.</param>
/// <param name="Ensemble">How the ensemble makes them.</param>
/// <param name="Predictions">What its members say, and the columns.</param>
/// <param name="Posteriors">What tells the variances of its kernel block.</param>
internal sealed record PredictionsToCheck(string Name, string File, RecordedEnsemble Ensemble, IReadOnlyList<RecordedPrediction> Predictions, IReadOnlyList<PosteriorToCheck> Posteriors);
