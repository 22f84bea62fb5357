namespace GnMlNet.Core.Ensembles;

/// <summary>The labels that a member may predict, standardized.</summary>
/// <param name="Least">The least.</param>
/// <param name="Greatest">The greatest.</param>
public readonly record struct LabelRange(double Least, double Greatest)
{
    // Predictions may lie this share of the labels' range beyond it.
    private const double Margin = 0.1;

    /// <summary>All numbers.</summary>
    public static LabelRange Unlimited => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The range of some labels and a tenth beyond.</summary>
    internal static LabelRange Of(double[] labels)
    {
        double least = labels.Min(), greatest = labels.Max(), margin = Margin * (greatest - least);
        return new LabelRange(least - margin, greatest + margin);
    }

    /// <summary>The nearest label within the range.</summary>
    internal double Limit(double prediction) => Math.Clamp(prediction, Least, Greatest);
}
