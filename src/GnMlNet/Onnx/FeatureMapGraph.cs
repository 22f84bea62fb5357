using GnMlNet.Core.Data;

namespace GnMlNet.Onnx;

/// <summary>The maps from features to inputs in the graph: all columns of a map at once, what differs between them in vectors along the columns.</summary>
internal static class FeatureMapGraph
{
    // (e^(p l) - 1)/p loses what p has less than the rounding of 1; so near to the logarithm it makes no difference.
    private const double LeastExponent = 1e-8;

    /// <summary>The inputs that features become.</summary>
    /// <param name="map">The map of d columns.</param>
    /// <param name="features">d numbers a row.</param>
    internal static OnnxTensor Map(FeatureMap map, OnnxTensor features)
    {
        OnnxTensor Row(Func<ColumnMap, double> of) => features.Graph.Constant([.. map.Columns.Select(of)], map.Columns.Count);
        OnnxTensor Standardize(OnnxTensor values, Func<ColumnMap, ColumnScale> scale) => (values - Row(column => scale(column).Mean)) / Row(column => Divisor(scale(column)));

        OnnxTensor z = Standardize(features, column => column.Scale);
        // With a power of 1, which leaves what it is given, a column takes the same way as the others.
        bool IsBent(ColumnMap column) => column.Power != 1;
        if (!map.Columns.Any(IsBent)) return z;

        OnnxTensor limited = z.AtLeast(Row(column => IsBent(column) ? column.Least : double.NegativeInfinity)).AtMost(Row(column => IsBent(column) ? column.Greatest : double.PositiveInfinity));
        if (map.Columns.Any(IsSoft)) limited += Beyond(z - limited, Row(Softness), Row(column => IsSoft(column) ? column.Softness : 1));
        OnnxTensor bent = YeoJohnson(limited, Row(column => Exponent(column.Power)), Row(column => Exponent(2 - column.Power)));
        return Standardize(bent, column => IsBent(column) ? column.BentScale : new ColumnScale(0, 1));

        bool IsSoft(ColumnMap column) => IsBent(column) && column.Softness > 0;
        double Softness(ColumnMap column) => IsSoft(column) ? column.Softness : 0;
    }

    /// <summary>How far a value beyond the training rows goes on after them: s (1 - e^(-distance/s)), to its side.</summary>
    private static OnnxTensor Beyond(OnnxTensor distance, OnnxTensor softness, OnnxTensor divisor) => distance.Sign * softness * (1 - (-(distance.Magnitude / divisor)).Exponential);

    /// <summary>((1 + |z|)^p - 1)/p on the side of z, p by that side.</summary>
    private static OnnxTensor YeoJohnson(OnnxTensor z, OnnxTensor above, OnnxTensor below)
    {
        OnnxTensor exponent = z.WhereBelow(0, below, above);
        OnnxTensor logarithm = z.Graph.Apply("Log", z.Magnitude + 1);
        return z.Sign * (((exponent * logarithm).Exponential - 1) / exponent);
    }

    private static double Exponent(double exponent) => Math.Abs(exponent) < LeastExponent ? Math.CopySign(LeastExponent, exponent) : exponent;

    // A constant column becomes 0 whatever is in it.
    private static double Divisor(ColumnScale scale) => scale.Deviation == 0 ? double.PositiveInfinity : scale.Deviation;
}
