using GnMlNet.Reference.Blocks;

namespace GnMlNet.Reference.Predictions;

/// <summary>The certified errors of a column.</summary>
/// <param name="Column">Which.</param>
/// <param name="Error">The greatest error, in units of the label; infinite ends have none.</param>
/// <param name="Promised">What error analysis promises of it.</param>
/// <param name="IsWithinBound">Whether every entry is as close to the exact value as is promised of it.</param>
/// <param name="Count">Of how many rows.</param>
public sealed record ColumnFigure(PredictionColumn Column, CertifiedFigure Error, double Promised, Verdict IsWithinBound, int Count);
