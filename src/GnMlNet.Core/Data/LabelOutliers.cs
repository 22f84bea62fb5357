namespace GnMlNet.Core.Data;

/// <summary>
/// How many labels lie so far from the others that they outweigh these in a sum of squares: beyond <see cref="Reach"/> robust deviations from the median, a robust deviation being 1.4826 times the
/// median distance from it, which is the standard deviation of normal numbers. Labels alone tell: a label that is odd for its features only is not found here.
/// </summary>
/// <param name="Count">How many labels; 0 where half of all labels are equal, since nothing tells then what is far.</param>
/// <param name="Median">The median of the labels.</param>
/// <param name="Deviation">The robust deviation, in units of the label; at least 0.</param>
public readonly record struct LabelOutliers(int Count, double Median, double Deviation)
{
    /// <summary>How many robust deviations from the median a label may lie.</summary>
    public const double Reach = 20;

    /// <summary>Measures labels.</summary>
    /// <param name="labels">At least one finite number.</param>
    /// <exception cref="ArgumentException">There are no labels.</exception>
    public static LabelOutliers Measure(IReadOnlyCollection<double> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count == 0) throw new ArgumentException("There are no labels.", nameof(labels));
        double[] equal = [.. Enumerable.Repeat(1.0, labels.Count)];
        double median = WeightedMedian.Of([.. labels], equal);
        double[] distances = [.. labels.Select(label => Math.Abs(label - median))];
        double deviation = WeightedMedian.Deviation(distances, equal);
        return new LabelOutliers(deviation > 0 ? distances.Count(distance => distance > Reach * deviation) : 0, median, deviation);
    }

    /// <summary>Measures the labels of a table, whatever the weights of its rows.</summary>
    /// <param name="data">The table; at least one row.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static LabelOutliers Measure(RegressionData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Measure(data.Labels());
    }
}
