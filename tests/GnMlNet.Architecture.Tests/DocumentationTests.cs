using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using GnMlNet.Core.Training;

namespace GnMlNet.Architecture.Tests;

public partial class DocumentationTests
{
    // The lines of both tables, cut at the bars: seven pieces for an option, six for a stopping rule.
    private static string[][] OptionRows => [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "options.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())];

    [Fact]
    public void The_table_of_options_lists_every_option_with_its_default()
    {
        var options = new GaussNewtonRegressionTrainer.Options();
        foreach (FieldInfo field in typeof(GaussNewtonRegressionTrainer.Options).GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            string[] row = OptionRows.Where(cells => cells[1] == $"`{field.Name}`" && cells.Length == 7).Should().ContainSingle($"docs/options.md must list {field.Name}").Subject;
            object? value = field.GetValue(options);
            switch (value)
            {
                case double number:
                    double.Parse(row[2], CultureInfo.InvariantCulture).Should().Be(number, field.Name);
                    break;
                case int number:
                    row[2].Should().Be(number.ToString(CultureInfo.InvariantCulture), field.Name);
                    break;
                case string name:
                    row[2].Should().Be($"`{name}`", field.Name);
                    break;
                case null:
                    row[2].Should().MatchRegex("^(null|none)", field.Name);
                    break;
            }
        }
    }

    [Fact]
    public void The_table_of_stopping_rules_lists_every_rule_and_whether_it_means_convergence()
    {
        foreach (StoppingRule rule in Enum.GetValues<StoppingRule>())
        {
            string[] row = OptionRows.Where(cells => cells[1] == $"`{rule}`" && cells.Length == 6).Should().ContainSingle().Subject;
            row[4].StartsWith("yes", StringComparison.Ordinal).Should().Be(new Termination(rule, 0, 0).HasConverged, rule.ToString());
        }
    }

    [Fact]
    public void The_page_on_the_theory_lists_every_function_of_it()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "theory.md"));
        IEnumerable<string> functions =
            from type in typeof(NetworkTraining).Assembly.GetExportedTypes()
            where type.Namespace == "GnMlNet.Core.Theory" && type.IsAbstract && type.IsSealed
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            select $"| `{type.Name}.{method.Name}` |";
        functions.Should().NotBeEmpty().And.AllSatisfy(cell => page.Should().Contain(cell));
    }

    [Fact]
    public void Every_function_on_the_page_on_the_theory_is_there()
    {
        string[] functions = [.. FunctionCell().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "theory.md"))).Select(match => match.Value)];
        functions.Should().NotBeEmpty().And.OnlyHaveUniqueItems();
        foreach (string[] function in functions.Select(cell => cell.Trim('|', ' ', '`').Split('.')))
            typeof(NetworkTraining).Assembly.GetType($"GnMlNet.Core.Theory.{function[0]}").Should().NotBeNull(function[0]).And.Subject.GetMethod(function[1]).Should().NotBeNull(function[1]);
    }

    [Fact]
    public void Links_between_documents_lead_to_files()
    {
        string[] documents = [.. Directory.GetFiles(Repository.Root, "*.md"), .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md"), Path.Combine(Repository.Root, "data", "README.md")];
        foreach (string document in documents)
        {
            foreach (Match link in LocalLink().Matches(File.ReadAllText(document)))
                File.Exists(Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value)).Should().BeTrue($"{document} links to {link.Groups[1].Value}");
        }
    }

    [Fact]
    public void The_ways_of_a_row_and_of_a_proof_lead_through_methods_that_are_there_and_to_no_folder_twice()
    {
        string[] ways = [.. Way().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"))).Select(way => way.Value)];
        ways.Should().HaveCount(4);
        foreach (string way in ways)
        {
            Match[] stations = [.. Station().Matches(way).Cast<Match>()];
            foreach (Match station in stations)
            {
                string text = File.ReadAllText(Path.Combine(Repository.Root, station.Groups[1].Value));
                foreach (string method in station.Groups[2].Value.Split(',').Select(name => name.Trim(' ', '`')))
                    text.Should().MatchRegex($@"(?m)^ *(public|internal|private|protected)( \S+)* {method}(<\w+>)?\(", station.Groups[1].Value);
            }

            string[] folders = [.. stations.Select(station => Path.GetDirectoryName(station.Groups[1].Value)!)];
            folders.Where((folder, at) => at == 0 || folder != folders[at - 1]).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void The_picture_of_the_projects_has_their_references()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        Dictionary<string, string> names = Node().Matches(page).ToDictionary(node => node.Groups[1].Value, node => node.Groups[2].Value);
        names.Values.Should().BeEquivalentTo(Repository.Projects.Select(project => Path.GetFileName(project.Folder)));
        IEnumerable<(string, string)> references =
            from project in Repository.Projects
            from reference in project.Assembly.GetReferencedAssemblies()
            where names.ContainsValue(reference.Name!)
            select (Path.GetFileName(project.Folder), reference.Name!);
        Arrow().Matches(page).Select(arrow => (names[arrow.Groups[1].Value], names[arrow.Groups[2].Value])).Should().BeEquivalentTo(references);
    }

    [Theory, InlineData("california_housing.csv"), InlineData("concrete.csv")]
    public void The_documented_hash_of_a_table_is_its_hash(string table)
    {
        byte[] hash = System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Root, "data", table)));
        File.ReadAllText(Path.Combine(Repository.Root, "data", "README.md")).Should().Contain($"`{table}` |").And.Contain(Convert.ToHexStringLower(hash));
    }

    [GeneratedRegex(@"\| `[A-Z]\w+\.[A-Z]\w+` \|$", RegexOptions.Multiline)]
    private static partial Regex FunctionCell();

    [GeneratedRegex(@"^    (\w+)\[""([\w.]+)<br/>", RegexOptions.Multiline)]
    private static partial Regex Node();

    [GeneratedRegex(@"^    (\w+) --> (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^\| file \| method \|.*\n(\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Way();

    [GeneratedRegex(@"^\| `([\w./]+\.cs)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Station();

    [GeneratedRegex(@"\]\(((?!http)[^)#]+)\)")]
    private static partial Regex LocalLink();
}
