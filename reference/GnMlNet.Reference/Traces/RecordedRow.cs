namespace GnMlNet.Reference.Traces;

/// <summary>A row as the run worked with it.</summary>
/// <param name="X">d numbers.</param>
/// <param name="Y">The target.</param>
/// <param name="Weight">The row weight.</param>
public sealed record RecordedRow(double[] X, double Y, double Weight);
