namespace GnMlNet.Cli.CrossChecking;

/// <summary>A row of a table with the score that a model gives it.</summary>
/// <param name="Features">What goes into the model.</param>
/// <param name="Label">The label.</param>
/// <param name="Score">The score.</param>
internal sealed record ScoredRow(float[] Features, float Label, float Score);
