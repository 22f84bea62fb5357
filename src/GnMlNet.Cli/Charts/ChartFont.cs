using ScottPlot;

namespace GnMlNet.Cli.Charts;

/// <summary>The font of all text in charts. It comes with the program: a machine without fonts would draw charts without text, and say nothing.</summary>
internal static class ChartFont
{
    // Not the name of the font itself, because a font of that name on the system would be taken instead.
    internal static readonly string Name = Load("GnMlNet charts");

    internal static float Width(string text, float size)
    {
        using Paint paint = Paint.NewDisposablePaint();
        return new LabelStyle { FontName = Name, FontSize = size }.Measure(text, paint).Width;
    }

    /// <summary>Breaks a text between words into lines of at most this width; only a single word may be wider.</summary>
    internal static string Wrap(string text, float size, float width)
    {
        var lines = new List<string>();
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = lines.Count == 0 ? word : $"{lines[^1]} {word}";
            if (lines.Count > 0 && Width(longer, size) <= width) lines[^1] = longer;
            else lines.Add(word);
        }

        return string.Join('\n', lines);
    }

    private static string Load(string name)
    {
        Fonts.AddFontFile(name, Path.Combine(AppContext.BaseDirectory, "Fonts", "DejaVuSans.ttf"));
        return name;
    }
}
