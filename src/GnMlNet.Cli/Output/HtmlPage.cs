using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace GnMlNet.Cli.Output;

/// <summary>A page of text, tables and figures as one self-contained HTML file, made for reading and for print. All texts are encoded; it allows itself no other source than its own style, pictures and script.</summary>
internal sealed class HtmlPage
{
    private readonly string _title;
    private readonly StringBuilder _body = new();
    private bool _hasCharts;

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
        // What is scrolled must be reached by keyboard, too.
        _body.AppendLine("<div class=\"wide\" tabindex=\"0\"><table>");
        Row("th", headers);
        foreach (IReadOnlyList<string> row in rows) Row("td", row);
        _body.AppendLine("</table></div>");
    }

    internal void Figure(byte[] png, string title, string caption) => _body.AppendLine(
        $"<figure><img alt=\"{WebUtility.HtmlEncode(title)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\"><figcaption>{WebUtility.HtmlEncode(caption)}</figcaption></figure>");

    /// <summary>A drawing of a <c>HoverChart</c> beside what is to be said of it.</summary>
    /// <param name="heading">What it is about.</param>
    /// <param name="svg">The drawing.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="texts">What is said of it, a paragraph each.</param>
    internal void Beside(string heading, string svg, string caption, IEnumerable<string> texts)
    {
        _hasCharts = true;
        string paragraphs = string.Concat(texts.Select(text => $"<p>{WebUtility.HtmlEncode(text)}</p>"));
        _body.AppendLine($"<section class=\"beside\"><figure>{svg}<output></output><figcaption>{WebUtility.HtmlEncode(caption)}</figcaption></figure><div><h3>{WebUtility.HtmlEncode(heading)}</h3>{paragraphs}</div></section>");
    }

    /// <summary>The whole page.</summary>
    public override string ToString() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '{Hash(PageStyle.Css)}'{(_hasCharts ? $"; script-src '{Hash(PageStyle.Script)}'" : "")}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{_title}</title>
        <style>{PageStyle.Css}</style>
        </head>
        <body>
        <main>
        {_body}</main>
        {(_hasCharts ? $"<script>{PageStyle.Script}</script>\n" : "")}</body>
        </html>

        """;

    /// <summary>By which a browser knows that an inline style or script is the page's own.</summary>
    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private void Element(string name, string text) => _body.AppendLine($"<{name}>{WebUtility.HtmlEncode(text)}</{name}>");

    private void Row(string cell, IReadOnlyList<string> cells) =>
        _body.AppendLine($"<tr>{string.Concat(cells.Select(text => $"<{cell}>{WebUtility.HtmlEncode(text)}</{cell}>"))}</tr>");
}
