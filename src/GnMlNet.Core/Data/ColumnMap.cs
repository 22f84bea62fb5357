
namespace GnMlNet.Core.Data;

/// <summary>
/// How a feature becomes a network's input: standardized and, where <see cref="Power"/> is not 1, cut off where the training rows end, bent by the
/// transformation of Yeo and Johnson (2000), and standardized again.
/// </summary>
/// <param name="Scale">The scale of the feature.</param>
/// <param name="Power">The power of the transformation, finite; 1 for none.</param>
/// <param name="Least">The least standardized value that is told apart from smaller ones.</param>
/// <param name="Greatest">The greatest standardized value that is told apart from larger ones.</param>
/// <param name="BentScale">The scale of the transformed feature.</param>
/// <param name="Softness">
/// The distance, in standard deviations of the feature, over which a value beyond the training rows leads into a constant, so that the map has a derivative everywhere; 0 cuts it off.
/// </param>
public readonly record struct ColumnMap(ColumnScale Scale, double Power, double Least, double Greatest, ColumnScale BentScale, double Softness = 0)
{
    // What is known of a column ends soon beyond its last row.
    private const double SmoothSoftness = 0.5;

    // A column of two values stays one of two values, however it is bent.
    private const int LeastDistinct = 3;

    /// <summary>Standardizes and does nothing else.</summary>
    /// <param name="scale">The scale of the feature.</param>
    public static ColumnMap Plain(ColumnScale scale) => new(scale, 1, double.NegativeInfinity, double.PositiveInfinity, new ColumnScale(0, 1));

    /// <summary>The input that a feature becomes; NaN where it is missing.</summary>
    public double Map(double feature)
    {
        double z = Scale.Standardize(feature);
        return Power == 1 ? z : BentScale.Standardize(YeoJohnson.Transform(Softness > 0 ? Saturate(z) : Math.Clamp(z, Least, Greatest), Power));
    }

    /// <summary>The derivatives of the input by the feature to its left and to its right, at least 0; they differ only where the training rows end and the map is cut off.</summary>
    internal (double Left, double Right) Slopes(double feature)
    {
        double unit = Scale.Deviation == 0 ? 0 : 1 / Scale.Deviation, z = Scale.Standardize(feature);
        if (Power == 1) return (unit, unit);

        double within = Softness > 0 ? Saturate(z) : Math.Clamp(z, Least, Greatest);
        double slope = BentScale.Deviation == 0 ? 0 : unit * YeoJohnson.Slope(within, Power) / BentScale.Deviation;
        if (Softness > 0)
        {
            slope *= Math.Exp(-Math.Max(0, Math.Max(z - Greatest, Least - z)) / Softness);
            return (slope, slope);
        }

        return (z > Least && z <= Greatest ? slope : 0, z >= Least && z < Greatest ? slope : 0);
    }

    /// <summary>Standardizes and bends toward a normal distribution.</summary>
    /// <param name="scale">The scale of the feature.</param>
    /// <param name="column">The feature in the training rows.</param>
    /// <param name="weights">The weights of these rows.</param>
    /// <param name="isSmooth">Whether values beyond the training rows lead smoothly into a constant.</param>
    /// <param name="range">The least and the greatest value of the feature, where the training rows are more than these; null for those of the column.</param>
    internal static ColumnMap Bent(ColumnScale scale, double[] column, double[] weights, bool isSmooth, (double Least, double Greatest)? range = null)
    {
        if (column.Distinct().Take(LeastDistinct).Count() < LeastDistinct || scale.Deviation == 0) return Plain(scale);

        double[] standardized = Array.ConvertAll(column, scale.Standardize);
        double power = YeoJohnson.Fit(standardized, weights);
        var bent = ColumnScale.Measure(Array.ConvertAll(standardized, value => YeoJohnson.Transform(value, power)), weights);
        (double least, double greatest) = range is { } known ? (scale.Standardize(known.Least), scale.Standardize(known.Greatest)) : (standardized.Min(), standardized.Max());
        return new ColumnMap(scale, power, least, greatest, bent, isSmooth ? SmoothSoftness : 0);
    }

    /// <summary>z within the range of the training rows; beyond it a curve of slope 1 at the border that falls to 0.</summary>
    private double Saturate(double z) =>
        z > Greatest ? Greatest + (Softness * (1 - Math.Exp((Greatest - z) / Softness)))
        : z < Least ? Least - (Softness * (1 - Math.Exp((z - Least) / Softness)))
        : z;
}
