using ScottPlot;

namespace GnMlNet.Cli.Charts;

/// <summary>Colours that people with any colour vision tell apart, after Okabe and Ito, and line patterns that differ in a grey print as well.</summary>
internal static class CurveStyle
{
    internal const float LineWidth = 1.8f, PointSize = 7, CloudPointSize = 3;

    // Okabe and Ito's yellow is too pale for a line on white.
    private static readonly Color[] ColorsInOrder = [.. new[] { "#0072B2", "#D55E00", "#009E73", "#000000", "#CC79A7", "#E69F00", "#56B4E9" }.Select(ScottPlot.Color.FromHex)];

    private static readonly LinePattern DashedPattern = new([7, 4], 0, "Dashed");

    // Four patterns and seven colours: the first 28 curves all differ.
    private static readonly LinePattern[] Patterns = [LinePattern.Solid, DashedPattern, new([2, 2.5f], 0, "Dotted"), new([9, 3, 2, 3], 0, "DashDotted")];

    internal static Color Color(int curve) => ColorsInOrder[curve % ColorsInOrder.Length];

    internal static LinePattern Pattern(int curve, bool? dashed) => dashed switch
    {
        true => DashedPattern,
        false => LinePattern.Solid,
        null => Patterns[curve % Patterns.Length],
    };
}
