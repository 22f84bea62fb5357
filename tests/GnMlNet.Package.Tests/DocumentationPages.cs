namespace GnMlNet.Package.Tests;

/// <summary>The pages of the folder <c>docs</c>.</summary>
internal static class DocumentationPages
{
    private static string Folder => Path.Combine(PackageFeed.RepositoryRoot, "docs");

    /// <summary>The names of those that have code in a language.</summary>
    internal static IEnumerable<string> With(string language) => Directory.GetFiles(Folder, "*.md").Select(file => Path.GetFileName(file)!).Where(page => Blocks(page, language).Length > 0).Order(StringComparer.Ordinal);

    /// <summary>The blocks of code in a language on a page.</summary>
    internal static string[] Blocks(string page, string language) => MarkdownPage.Blocks(File.ReadAllText(Path.Combine(Folder, page)), language);
}
