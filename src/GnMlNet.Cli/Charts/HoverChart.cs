using System.Globalization;
using System.Net;
using System.Text;
using ScottPlot;

namespace GnMlNet.Cli.Charts;

/// <summary>
/// A chart as SVG within a page, which takes its colours from the page and tells the values at the place nearest to the pointer: texts that are ready in it, so that a page needs one small script for all of its charts.
/// </summary>
/// <param name="Title">What it shows, in words for those who do not see it.</param>
/// <param name="XAxis">What is along the horizontal axis.</param>
/// <param name="YAxis">What is along the vertical axis.</param>
/// <param name="X">The places along the axis, rising.</param>
/// <param name="Series">The lines, with a value at each place.</param>
internal sealed record HoverChart(string Title, string XAxis, string YAxis, IReadOnlyList<double> X, IReadOnlyList<HoverSeries> Series)
{
    private const int Width = 560, Height = 320, Left = 76, Right = 16, Top = 14, Bottom = 50, RightOfNames = 120, MostTicks = 6;
    private const double Margin = 0.05;

    // Longer names of levels would run into each other.
    private const int LongestLevel = 12;

    /// <summary>The names of the places, where they are levels without an order; null where they are numbers.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>Thin lines behind the others.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Background { get; init; } = [];

    /// <summary>What is said of each place, one text for each.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    private bool HasNames => Series.Count > 1;

    private int Edge => Width - (HasNames ? RightOfNames : Right);

    /// <summary>The drawing.</summary>
    internal string ToSvg()
    {
        double[] positions = [.. Enumerable.Range(0, X.Count).Select(k => Levels is null ? X[k] : k)];
        var scale = new AxisScale(false);
        CoordinateRange across = Levels is null ? scale.Range(positions, 0) : new CoordinateRange(-0.5, Math.Max(0.5, positions.Length - 0.5));
        CoordinateRange up = scale.Range(Series.SelectMany(series => series.Y.Concat(series.Lower).Concat(series.Upper)).Concat(Background.SelectMany(line => line)).Where(double.IsFinite), Margin);
        double[] x = [.. positions.Select(PlaceX)];
        double PlaceX(double value) => Left + ((value - across.Min) / (across.Max - across.Min) * (Edge - Left));
        double PlaceY(double value) => Height - Bottom - ((value - up.Min) / (up.Max - up.Min) * (Height - Bottom - Top));

        var svg = new StringBuilder();
        string data = string.Join('|', x.Select(Number)), texts = string.Join('|', Texts.Select(text => text.Replace('|', '/')));
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" tabindex=\"0\" aria-label=\"{Encode(Title)}\" data-x=\"{data}\" data-texts=\"{Encode(texts)}\">");
        Axes(svg, scale, across, up, PlaceX, PlaceY);
        foreach (IReadOnlyList<double> line in Background) Line(svg, "single", x, line, PlaceY);
        for (int k = 0; k < Series.Count; k++) Draw(svg, k, x, PlaceY);
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"cursor\" x1=\"0\" x2=\"0\" y1=\"{Top}\" y2=\"{Height - Bottom}\" visibility=\"hidden\"/></svg>");
        return svg.ToString();
    }

    private void Axes(StringBuilder svg, AxisScale scale, CoordinateRange across, CoordinateRange up, Func<double, double> placeX, Func<double, double> placeY)
    {
        foreach (Tick tick in scale.Ticks(up, MostTicks).Where(tick => tick.IsMajor))
        {
            string y = Number(placeY(tick.Position));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Edge}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"end\" x=\"{Left - 6}\" y=\"{y}\" dy=\".32em\">{Encode(tick.Label)}</text>");
        }

        int every = Levels is null ? 1 : ((Levels.Count * LongestLevel * 7) / (Edge - Left)) + 1;
        IEnumerable<(double At, string Label)> marks = Levels is null
            ? scale.Ticks(across, MostTicks).Where(tick => tick.IsMajor).Select(tick => (tick.Position, tick.Label))
            : Levels.Select((level, k) => ((double)k, level.Length > LongestLevel ? level[..(LongestLevel - 1)] + "…" : level)).Where((_, k) => k % every == 0);
        foreach ((double at, string label) in marks)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Number(placeX(at))}\" x2=\"{Number(placeX(at))}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom + 4}\"/><text class=\"middle\" x=\"{Number(placeX(at))}\" y=\"{Height - Bottom + 18}\">{Encode(label)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Edge}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"middle name\" x=\"{(Left + Edge) / 2}\" y=\"{Height - 8}\">{Encode(XAxis)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"middle name\" transform=\"translate(14 {(Height - Bottom + Top) / 2}) rotate(-90)\">{Encode(YAxis)}</text>");
    }

    private void Draw(StringBuilder svg, int at, double[] x, Func<double, double> placeY)
    {
        HoverSeries series = Series[at];
        bool hasBand = series.Lower.Count > 0 && series.Lower.Concat(series.Upper).All(double.IsFinite);
        if (Levels is not null)
        {
            for (int k = 0; k < x.Length; k++)
            {
                if (hasBand) svg.Append(CultureInfo.InvariantCulture, $"<line class=\"whisker\" x1=\"{Number(x[k])}\" x2=\"{Number(x[k])}\" y1=\"{Number(placeY(series.Lower[k]))}\" y2=\"{Number(placeY(series.Upper[k]))}\"/>");
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot s{at}\" cx=\"{Number(x[k])}\" cy=\"{Number(placeY(series.Y[k]))}\" r=\"4\"/>");
            }
        }
        else
        {
            if (hasBand)
            {
                string there = string.Join(' ', x.Select((place, k) => $"{Number(place)},{Number(placeY(series.Upper[k]))}")), back = string.Join(' ', x.Select((place, k) => $"{Number(place)},{Number(placeY(series.Lower[k]))}").Reverse());
                svg.Append(CultureInfo.InvariantCulture, $"<polygon class=\"band s{at}\" points=\"{there} {back}\"/>");
            }

            Line(svg, $"curve s{at}", x, series.Y, placeY);
        }

        if (HasNames) svg.Append(CultureInfo.InvariantCulture, $"<line class=\"curve s{at}\" x1=\"{Edge + 8}\" x2=\"{Edge + 30}\" y1=\"{Top + 10 + (20 * at)}\" y2=\"{Top + 10 + (20 * at)}\"/><text x=\"{Edge + 35}\" y=\"{Top + 10 + (20 * at)}\" dy=\".32em\">{Encode(series.Name)}</text>");
    }

    private static void Line(StringBuilder svg, string kind, double[] x, IReadOnlyList<double> y, Func<double, double> placeY) =>
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{kind}\" points=\"{string.Join(' ', x.Select((place, k) => (place, y: y[k])).Where(at => double.IsFinite(at.y)).Select(at => $"{Number(at.place)},{Number(placeY(at.y))}"))}\"/>");

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
