using System.Globalization;
using System.Xml.Linq;

namespace GnMlNet.Cli.Charts;

/// <summary>Makes a drawing fit to be shown anywhere: with other fonts where its own is missing, scaling with its frame, in the words of the standard and always the same.</summary>
internal static class StandaloneSvg
{
    // Verdana has the same widths; the last name stands for any font without serifs.
    private const string OtherFonts = ", Verdana, sans-serif";

    internal static string From(string drawing, int width, int height)
    {
        XElement root = XElement.Parse(drawing);
        root.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        foreach (XElement text in root.Descendants(root.Name.Namespace + "text"))
        {
            text.Value = text.Value.Trim();
            text.SetAttributeValue("font-family", text.Attribute("font-family")?.Value + OtherFonts);
            // A comma at the end of a list makes strict readers drop all of it.
            foreach (XAttribute list in text.Attributes().Where(attribute => attribute.Name.LocalName is "x" or "y")) list.Value = list.Value.TrimEnd(' ', ',');
        }

        NumberAfresh(root);
        return $"{root}\n";
    }

    /// <summary>Renames the parts that others refer to: their numbers go on from drawing to drawing in one process.</summary>
    private static void NumberAfresh(XElement root)
    {
        Dictionary<string, string> names = root.Descendants().Attributes("id").Select((id, i) => (id.Value, New: string.Create(CultureInfo.InvariantCulture, $"part{i + 1}"))).ToDictionary(pair => $"url(#{pair.Value})", pair => pair.New);
        foreach (XAttribute attribute in root.Descendants().Attributes())
        {
            if (attribute.Name == "id") attribute.Value = names[$"url(#{attribute.Value})"];
            else if (names.TryGetValue(attribute.Value, out string? name)) attribute.Value = $"url(#{name})";
        }
    }
}
