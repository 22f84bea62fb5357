using System.Reflection;
using System.Text.RegularExpressions;

namespace GnMlNet.Architecture.Tests;

public partial class TypeNameTests
{
    /// <summary>The names that more than one project may have, since the reference is independent of the core: those in the table of the page on the cross-check.</summary>
    private static string[] AllowedTwice =>
    [
        .. from row in Table().Match(File.ReadAllText(Path.Combine(Repository.Root, "docs", "crosscheck.md"))).Groups[1].Captures
           from name in Name().Matches(row.Value.Split('|')[1])
           select name.Groups[1].Value,
    ];

    [Fact]
    public void A_name_that_more_than_one_project_has_is_on_the_list_of_such_names_with_its_reason()
    {
        // The command line leans on every other project, so that all their names meet there.
        string[] twice = [.. Repository.Projects.SelectMany(project => TopLevelNames(project.Assembly)).GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key)];
        twice.Should().BeEquivalentTo(AllowedTwice);
    }

    private static IEnumerable<string> TopLevelNames(Assembly assembly) =>
        from type in assembly.GetTypes()
        where !type.IsNested && !type.Name.StartsWith('<') && type.Namespace?.StartsWith("GnMlNet", StringComparison.Ordinal) == true
        select type.Name.Split('`')[0];

    [GeneratedRegex(@"^\| name \| why twice \|\n\|---\|---\|\n(\|.*\n?)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
