using System.Net;
using System.Text;

namespace GnMlNet.Cli.Output;

/// <summary>A page of text, tables and figures as one self-contained HTML file, made for reading and for print. All texts are encoded.</summary>
internal sealed class HtmlPage
{
    private const string Style = """
        body { font: 16px/1.5 Georgia, 'DejaVu Serif', serif; color: #1a1a1a; max-width: 62rem; margin: 2.5rem auto; padding: 0 1.5rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2.2rem; }
        table { border-collapse: collapse; margin: 1rem 0; font: 14px/1.4 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; }
        th, td { border-bottom: 1px solid #ccc; padding: .35rem .7rem; text-align: left; vertical-align: top; }
        th { border-bottom: 2px solid #555; }
        figure { margin: 1.8rem 0; break-inside: avoid; } figure img { width: 100%; max-width: 750px; display: block; }
        figcaption, .note { font: 14px/1.4 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; color: #444; }
        @media print { body { margin: 0; max-width: none; font-size: 11pt; } tr { break-inside: avoid; } }
        """;

    private readonly string _title;
    private readonly StringBuilder _body = new();

    internal HtmlPage(string title)
    {
        _title = WebUtility.HtmlEncode(title);
        _body.AppendLine($"<h1>{_title}</h1>");
    }

    internal void Heading(string text) => Element("h2", text);

    internal void Paragraph(string text) => Element("p", text);

    internal void Note(string text) => _body.AppendLine($"<p class=\"note\">{WebUtility.HtmlEncode(text)}</p>");

    internal void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        _body.AppendLine("<table>");
        Row("th", headers);
        foreach (IReadOnlyList<string> row in rows) Row("td", row);
        _body.AppendLine("</table>");
    }

    internal void Figure(byte[] png, string title, string caption) => _body.AppendLine(
        $"<figure><img alt=\"{WebUtility.HtmlEncode(title)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\"><figcaption>{WebUtility.HtmlEncode(caption)}</figcaption></figure>");

    /// <summary>The whole page.</summary>
    public override string ToString() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{_title}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        {_body}</body>
        </html>

        """;

    private void Element(string name, string text) => _body.AppendLine($"<{name}>{WebUtility.HtmlEncode(text)}</{name}>");

    private void Row(string cell, IReadOnlyList<string> cells) =>
        _body.AppendLine($"<tr>{string.Concat(cells.Select(text => $"<{cell}>{WebUtility.HtmlEncode(text)}</{cell}>"))}</tr>");
}
