namespace GnMlNet.Ledger.Reports;

/// <summary>A counterexample as curves, every point of which is enclosed: the first one is what is printed, the second what is certified.</summary>
/// <param name="Label">The statement that it is of.</param>
/// <param name="Title">What it shows.</param>
/// <param name="XAxis">The axis of time, steps, weights or instances.</param>
/// <param name="YAxis">What is compared.</param>
/// <param name="Curves">The curves.</param>
public sealed record Illustration(string Label, string Title, string XAxis, string YAxis, IReadOnlyList<IllustrationCurve> Curves)
{
    /// <summary>Whether all values are positive, so that they may be drawn by their logarithms.</summary>
    public bool IsPositive => Curves.SelectMany(curve => curve.Points).All(point => point.Y.Sign == 1);
}
