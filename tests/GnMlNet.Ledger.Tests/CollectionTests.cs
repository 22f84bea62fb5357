using System.Reflection;
using System.Text.RegularExpressions;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

// What the paper states is decided on every instance: neither a statement nor its settings choose among them.
public class CollectionTests
{
    private static readonly string Sources = Path.Combine(
        typeof(CollectionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!, "reference", "GnMlNet.Ledger");

    // What is not about the networks of the collection; each with the reason.
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["1R, sharpness"] = "ours, about f(w) = 2λ₀w - Lw²/2",
        ["Remark 3"] = "about immersions of convex sets, not about networks",
    };

    // Files that name instances, each with the reason.
    private static readonly Dictionary<string, string> Naming = new()
    {
        ["CaliforniaSetting.cs"] = "the experiment of Section 5 is one data set",
    };

    public static TheoryData<string> Printed => [.. Ledger.Statements.Select(statement => statement.Text.Label).Where(label => !Exempt.ContainsKey(label))];

    [Fact]
    public void The_collection_is_every_file_of_the_folder() =>
        Collection.All.Select(instance => instance.Name + ".json").Should().BeEquivalentTo(Directory.GetFiles(Path.Combine(Sources, "Instances", "data")).Select(Path.GetFileName));

    [Theory, MemberData(nameof(Printed))]
    public void A_statement_finds_something_on_every_instance(string label) =>
        Entries.Of(label).Findings.Select(NameOf).Distinct().Should().BeEquivalentTo(Collection.All.Select(instance => instance.Name));

    [Theory, MemberData(nameof(Printed))]
    public void An_instance_that_a_statement_does_not_treat_says_why(string label)
    {
        foreach (Finding finding in Entries.Of(label).Findings.Where(finding => finding.Conclusions.Count == 0))
            finding.Hypotheses.Concat(finding.Premises).Should().Contain(claim => claim.Verdict != Balls.Verdict.Proved, finding.Instance);
    }

    [Fact]
    public void No_statement_and_no_setting_names_an_instance()
    {
        Regex name = new("\"(" + string.Join("|", Collection.All.Select(instance => Regex.Escape(instance.Name))) + ")[\",]");
        string[] naming = [.. new[] { "Statements", "Settings" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Sources, folder), "*.cs"))
            .Where(file => name.IsMatch(File.ReadAllText(file))).Select(file => Path.GetFileName(file))];
        naming.Should().BeSubsetOf(Naming.Keys);
    }

    [Fact]
    public void No_statement_looks_at_seeded_recipes_or_other_lists()
    {
        string[] lists = ["Recipes.", "InstanceData.Named("];
        string[] looking = [.. Directory.GetFiles(Path.Combine(Sources, "Statements"), "*.cs")
            .Where(file => lists.Any(File.ReadAllText(file).Contains)).Select(file => Path.GetFileNameWithoutExtension(file))];
        looking.Should().BeEmpty();
    }

    // What a finding's name begins with.
    private static string NameOf(Finding finding) => finding.Instance.Split(',')[0];
}
