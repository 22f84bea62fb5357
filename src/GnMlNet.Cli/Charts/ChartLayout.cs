using ScottPlot;
using ScottPlot.AxisPanels;
using ScottPlot.Panels;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace GnMlNet.Cli.Charts;

/// <summary>Turns a <see cref="LineChart"/> into a plot: what stands where, and how it looks.</summary>
internal static class ChartLayout
{
    private const float TitleSize = 16, NameSize = 14, LabelSize = 12;
    private const float LegendTextWidth = 200, SymbolWidth = 38, LegendMargin = 12, WidestLegend = 10_000;

    // Room that the ticks with their labels and the name of an axis take.
    private const float AxisRoom = 80;
    private const double XMargin = 0.02, YMargin = 0.05;
    private const float LabelGap = 12;

    // Moves the middle of a line of text to the middle of its figures.
    private const float FiguresBelowMiddle = LabelSize / 4;

    // Tried in turn until the labels fit; fewer than five could leave a single one.
    private static readonly int[] NumbersOfLabels = [8, 6, 5];

    internal static Plot Arrange(LineChart chart, float width, float height)
    {
        var plot = new Plot();
        plot.Font.Set(ChartFont.Name);
        AxisScale xScale = new(chart.LogarithmicX), yScale = new(chart.LogarithmicY);
        Coordinates[][] points = [.. chart.Curves.Select(curve => Points(curve, xScale, yScale))];
        CoordinateRange xRange = xScale.Range(points.SelectMany(curve => curve).Select(point => point.X), XMargin);
        CoordinateRange yRange = yScale.Range(points.SelectMany(curve => curve).Select(point => point.Y), YMargin);
        plot.Axes.SetLimits(xRange, yRange);
        for (int i = 0; i < points.Length; i++) AddCurve(plot, chart.Curves[i], points[i], i);
        float dataWidth = width - AxisRoom - LegendWidth(plot, height - AxisRoom - TitleSize);
        Write(plot.Axes.Title.Label, chart.Title, TitleSize, dataWidth);
        Write(plot.Axes.Bottom.Label, chart.XAxis, NameSize, dataWidth);
        Write(plot.Axes.Left.Label, chart.YAxis, NameSize, height - AxisRoom - TitleSize);
        ((AxisBase)plot.Axes.Left).PaddingOutsideAxisLabels = new PixelPadding(5, 2);
        ((AxisBase)plot.Axes.Left).PaddingBetweenTickAndAxisLabels = new PixelPadding(9, 3);
        Tick[][] xTicks = [.. NumbersOfLabels.Select(labels => xScale.Ticks(xRange, labels))];
        ShowTicks(plot.Axes.Bottom, xTicks.FirstOrDefault(ticks => Width(ticks) <= dataWidth, xTicks[^1]));
        ShowTicks(plot.Axes.Left, yScale.Ticks(yRange, NumbersOfLabels[0]));
        plot.Axes.Left.TickLabelStyle.OffsetY = FiguresBelowMiddle;
        plot.FigureBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Color.FromHex("#E2E2E2");
        return plot;
    }

    private static Coordinates[] Points(Curve curve, AxisScale x, AxisScale y) =>
        [.. curve.X.Zip(curve.Y).Where(point => x.Shows(point.First) && y.Shows(point.Second)).Select(point => new Coordinates(x.Position(point.First), y.Position(point.Second)))];

    private static void AddCurve(Plot plot, Curve curve, Coordinates[] points, int index)
    {
        Scatter line = plot.Add.Scatter(points, CurveStyle.Color(index));
        line.LineWidth = CurveStyle.LineWidth;
        // A line through one point is invisible.
        bool single = points.Length == 1;
        line.MarkerSize = single || curve.ArePointsLarge ? CurveStyle.PointSize : curve.IsPoints ? CurveStyle.CloudPointSize : 0;
        if (curve.IsPoints) line.LineWidth = 0;
        line.LinePattern = single ? LinePattern.Solid : CurveStyle.Pattern(index, curve.Dashed);
        plot.Legend.ManualItems.Add(LegendItem(curve.Name, line));
    }

    private static LegendItem LegendItem(string name, Scatter line)
    {
        var item = new LegendItem { LabelText = ChartFont.Wrap(name, LabelSize, LegendTextWidth), LabelFontName = ChartFont.Name, LabelFontSize = LabelSize, LineStyle = line.LineStyle, MarkerStyle = line.MarkerStyle };
        item.LabelStyle.OffsetY = FiguresBelowMiddle;
        return item;
    }

    /// <summary>Puts the legend to the right of the data, where it cannot cover them, in as many columns as the height requires, and returns the width it takes.</summary>
    private static float LegendWidth(Plot plot, float height)
    {
        Legend legend = plot.Legend;
        legend.IsVisible = false;
        if (legend.ManualItems.All(item => item.LabelText.Length == 0)) return 0;
        legend.SymbolWidth = SymbolWidth;
        legend.OutlineWidth = 0;
        legend.ShadowColor = Colors.Transparent;
        legend.Padding = new PixelPadding(0);
        LegendPanel panel = plot.ShowLegend(Edge.Right);
        panel.Alignment = Alignment.UpperLeft;
        panel.Padding = new PixelPadding(LegendMargin, LegendMargin, 0, 0);
        using Paint paint = Paint.NewDisposablePaint();
        // By itself the panel reserves room for a single column.
        panel.MinimumSize = legend.GetLayout(new PixelSize(WidestLegend, height), paint).LegendRect.Width + (2 * LegendMargin);
        return panel.MinimumSize;
    }

    private static void Write(LabelStyle label, string text, float size, float width)
    {
        label.Text = ChartFont.Wrap(text, size, width);
        label.FontSize = size;
        label.Bold = false;
    }

    /// <summary>The width of the labels side by side, if all are as wide as the widest.</summary>
    private static float Width(Tick[] ticks)
    {
        string[] labels = [.. ticks.Where(tick => tick.IsMajor).Select(tick => tick.Label)];
        return labels.Length * (labels.Select(label => ChartFont.Width(label, LabelSize)).DefaultIfEmpty().Max() + LabelGap);
    }

    private static void ShowTicks(IAxis axis, Tick[] ticks)
    {
        axis.TickLabelStyle.FontSize = LabelSize;
        axis.MajorTickStyle.Length = 6;
        axis.MinorTickStyle.Length = 3;
        axis.TickGenerator = new NumericManual(ticks);
    }
}
