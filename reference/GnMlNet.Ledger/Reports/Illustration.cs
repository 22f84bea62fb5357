namespace GnMlNet.Ledger.Reports;

/// <summary>A counterexample as curves, every point of which is enclosed.</summary>
/// <param name="Label">The statement that it is of.</param>
/// <param name="Title">What it shows.</param>
/// <param name="XAxis">The axis of time or steps.</param>
/// <param name="Curves">The curves.</param>
public sealed record Illustration(string Label, string Title, string XAxis, IReadOnlyList<IllustrationCurve> Curves);
