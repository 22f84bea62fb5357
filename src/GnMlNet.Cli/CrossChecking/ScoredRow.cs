namespace GnMlNet.Cli.CrossChecking;

/// <summary>A row of a table with the score that a model gives it.</summary>
/// <param name="Features">What goes into the model.</param>
/// <param name="Label">The label.</param>
/// <param name="Score">The score.</param>
/// <param name="Lower">The lower end of its interval; NaN where the model gives none.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="StandardDeviation">The error to expect.</param>
internal sealed record ScoredRow(float[] Features, float Label, float Score, float Lower, float Upper, float StandardDeviation);
