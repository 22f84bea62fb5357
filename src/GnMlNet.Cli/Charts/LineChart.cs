using ScottPlot;

namespace GnMlNet.Cli.Charts;

/// <summary>Curves in a frame with named axes and a legend beside it, fit for print. The same data give the same picture whatever the culture and the fonts of the machine.</summary>
internal sealed record LineChart(string Title, string XAxis, string YAxis, IReadOnlyList<Curve> Curves)
{
    private const int Width = 750, Height = 500, PixelsPerUnit = 2;

    public bool LogarithmicX { get; init; }

    public bool LogarithmicY { get; init; }

    internal byte[] ToPng()
    {
        using Plot plot = ChartLayout.Arrange(this, Width, Height);
        plot.ScaleFactor = PixelsPerUnit;
        using Image image = plot.GetImage(Width * PixelsPerUnit, Height * PixelsPerUnit);
        return image.GetImageBytes(ImageFormat.Png);
    }

    internal string ToSvg()
    {
        using Plot plot = ChartLayout.Arrange(this, Width, Height);
        return StandaloneSvg.From(plot.GetSvgXml(Width, Height), Width, Height);
    }

    /// <summary>Writes the chart twice, with <c>.png</c> and with <c>.svg</c> behind the path.</summary>
    internal void Save(string pathWithoutExtension)
    {
        byte[] png = ToPng();
        string svg = ToSvg();
        using var file = new OutputFile(pathWithoutExtension + ".png");
        file.Stream.Write(png);
        OutputFile.WriteText(pathWithoutExtension + ".svg", writer => writer.Write(svg));
        file.Commit();
    }
}
