using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GnMlNet.Package.Tests;

/// <summary>What is in the packages.</summary>
public partial class PackageContentTests
{
    public static TheoryData<string> Packages => [.. PackageFeed.Libraries, PackageFeed.Tool];

    public static TheoryData<string> Libraries => [.. PackageFeed.Libraries];

    [Theory, MemberData(nameof(Packages))]
    public void A_package_has_a_readme_an_icon_a_licence_and_a_description(string package)
    {
        XElement metadata = Metadata(package);
        string Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
        Value("license").Should().Be("MIT");
        Value("description").Should().NotBeEmpty().And.NotBe("Package Description");
        using ZipArchive archive = PackageFeed.Open(package);
        archive.GetEntry(Value("readme")).Should().NotBeNull();
        archive.GetEntry(Value("icon")).Should().NotBeNull();
    }

    [Theory, MemberData(nameof(Packages))]
    public void Links_of_a_readme_lead_somewhere_from_outside_the_repository(string package) =>
        Link().Matches(PackageFeed.Read(package, "README.md")).Select(link => link.Groups[1].Value).Should().NotContain(link => !link.StartsWith("https://", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Libraries))]
    public void A_library_comes_with_documentation_and_symbols(string package)
    {
        using ZipArchive archive = PackageFeed.Open(package), symbols = PackageFeed.Open(package, ".snupkg");
        archive.Entries.Select(entry => entry.FullName).Should().Contain([$"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"]);
        symbols.Entries.Select(entry => entry.FullName).Should().Contain($"lib/net10.0/{package}.pdb");
    }

    [Fact]
    public void The_reference_leans_on_nothing_but_itself_and_the_core_on_one_library()
    {
        Dependencies("GnMlNet.Balls").Should().BeEmpty();
        Dependencies("GnMlNet.Reference").Should().Equal("GnMlNet.Balls");
        Dependencies("GnMlNet.Core").Should().Equal("MathNet.Numerics");
        Dependencies("GnMlNet.DataFrames").Should().Contain("GnMlNet").And.Contain("Microsoft.Data.Analysis");
        Dependencies("GnMlNet.Cluster").Should().Contain("GnMlNet.Core").And.Contain("Microsoft.Orleans.Server").And.NotContain("GnMlNet");
        Dependencies("GnMlNet").Should().BeEquivalentTo("GnMlNet.Core", "MathNet.Numerics", "Microsoft.ML", "Microsoft.ML.DataView");
    }

    private static IEnumerable<string> Dependencies(string package) => Metadata(package).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);

    private static XElement Metadata(string package) => XDocument.Parse(PackageFeed.Read(package, package + ".nuspec")).Root!.Elements().Single();

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex Link();
}
