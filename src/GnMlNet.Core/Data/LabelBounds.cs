using System.Globalization;

namespace GnMlNet.Core.Data;

/// <summary>
/// What a label can be at all, as its user knows it: a count is at least 0, a share from 0 to 1. Predictions and intervals are confined to it. Where all labels lie within it, as those of the training
/// are checked to, neither can be the worse for it: the nearest label within is no farther from any label within, and an interval loses nothing but what no label can be.
/// </summary>
public sealed record LabelBounds
{
    /// <summary>Makes bounds.</summary>
    /// <param name="lower">The least label, or minus infinity.</param>
    /// <param name="upper">The greatest label, or infinity.</param>
    /// <exception cref="ArgumentException">A bound is not a number, or the lower one is not below the upper one.</exception>
    public LabelBounds(double lower = double.NegativeInfinity, double upper = double.PositiveInfinity)
    {
        if (!(lower < upper) || lower == double.PositiveInfinity || upper == double.NegativeInfinity)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The lower bound {lower} must be below the upper bound {upper}."), nameof(lower));
        (Lower, Upper) = (lower, upper);
    }

    /// <summary>All numbers.</summary>
    public static LabelBounds None { get; } = new();

    /// <summary>The least label, in the units of the data; minus infinity where there is no bound.</summary>
    public double Lower { get; }

    /// <summary>The greatest label, in the units of the data; infinity where there is no bound.</summary>
    public double Upper { get; }

    /// <summary>Whether any number is excluded.</summary>
    public bool IsLimited => double.IsFinite(Lower) || double.IsFinite(Upper);

    /// <summary>The nearest number within the bounds; NaN stays NaN.</summary>
    /// <param name="value">Any number.</param>
    public double Limit(double value) => Math.Clamp(value, Lower, Upper);

    private string Range => (double.IsFinite(Lower), double.IsFinite(Upper)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $"from {Lower:G6} to {Upper:G6}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"from {Lower:G6} on"),
        _ => string.Create(CultureInfo.InvariantCulture, $"up to {Upper:G6}"),
    };

    /// <summary>How many labels of a table lie outside.</summary>
    /// <param name="data">The table.</param>
    public int CountOutside(RegressionData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Labels().Count(label => label < Lower || label > Upper);
    }

    /// <summary>Refuses a table whose labels contradict the bounds.</summary>
    /// <param name="data">The table.</param>
    /// <param name="purpose">What its rows are for, in the message: training or validation.</param>
    /// <exception cref="ArgumentException">A label lies outside.</exception>
    public void Check(RegressionData data, string purpose)
    {
        int outside = CountOutside(data);
        if (outside == 0) return;
        double[] labels = data.Labels();
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"{outside} of {labels.Length} {purpose} labels, which go from {labels.Min():G6} to {labels.Max():G6}, lie outside the bounds {Range}: widen the bounds or leave these rows out."));
    }
}
