namespace GnMlNet.Ledger.Reports;

/// <summary>A curve of an illustration.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">Its points.</param>
public sealed record IllustrationCurve(string Name, IReadOnlyList<(Ball X, Ball Y)> Points);
