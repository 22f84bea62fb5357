using System.Text.RegularExpressions;

namespace GnMlNet.Package.Tests;

/// <summary>A page of documentation.</summary>
internal static partial class MarkdownPage
{
    /// <summary>The blocks of code in some language on a page.</summary>
    internal static string[] Blocks(string page, string language) => [.. from Match block in Block().Matches(page) where block.Groups[1].Value == language select block.Groups[2].Value];

    [GeneratedRegex(@"^```(\w+)\r?\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
