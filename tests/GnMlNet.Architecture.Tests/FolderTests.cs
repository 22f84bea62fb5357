using System.Text.RegularExpressions;

namespace GnMlNet.Architecture.Tests;

public partial class FolderTests
{
    public static TheoryData<string> Folders => [.. Repository.Projects.Select(project => project.Folder)];

    [Theory, MemberData(nameof(Folders))]
    public void The_folders_of_a_project_form_no_cycle(string project) =>
        string.Join(Environment.NewLine, Graph(project).Cycles()).Should().BeEmpty();

    // A row of the page: the folder, what it holds, and the folders of the same project that it leans on.
    [Theory, MemberData(nameof(Folders))]
    public void The_page_on_the_architecture_says_which_folder_leans_on_which(string project)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        (string From, string To)[] written =
        [
            .. from row in FolderRow().Matches(page)
               where row.Groups[1].Value == project
               from to in FolderName().Matches(row.Groups[3].Value)
               select (row.Groups[2].Value, to.Groups[1].Value),
        ];
        Graph(project).Arrows.Should().BeEquivalentTo(written);
    }

    [Fact]
    public void Every_project_is_among_those_without_cycles() =>
        Repository.Projects.Select(project => project.Folder).Append("src/GnMlNet.Publicizer").Should().BeEquivalentTo(
            Repository.Sources("src").Concat(Repository.Sources("reference")).Select(file => string.Join('/', file.Path.Split('/').Take(2))).Distinct());

    private static FolderGraph Graph(string project) =>
        FolderGraph.Read(Path.GetFileName(project), Repository.Projects.Single(at => at.Folder == project).Assembly.Location, Repository.Sources(project));

    [GeneratedRegex(@"^\| `((?:src|reference)/[\w.]+)/([\w.]+)` \|[^|]*\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex FolderRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex FolderName();
}
