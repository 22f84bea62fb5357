using System.Text.RegularExpressions;

namespace GnMlNet.Package.Tests;

/// <summary>The samples in the packages' readmes.</summary>
[Collection(DocumentationConsumer.Shared)]
public partial class PackageReadmeTests(DocumentationConsumer consumer)
{
    public static TheoryData<string> Libraries => [.. PackageFeed.Libraries];

    [Theory, MemberData(nameof(Libraries))]
    public void The_sample_of_a_package_compiles_without_a_warning_and_prints_what_it_promises(string package)
    {
        string sample = MarkdownPage.Blocks(PackageFeed.Read(package, "README.md"), "csharp").Should().ContainSingle().Subject;
        consumer.Replace(sample).Should().BeEmpty();
        string[] output = [.. consumer.RunProgram().Split('\n').Select(line => line.Trim())];
        // What a comment behind a line of output says is what comes out.
        Promise().Matches(sample).Select(match => match.Groups[1].Value).Except(output).Should().BeEmpty();
    }

    [GeneratedRegex(@"Console\.WriteLine\(.*\);\s*// (Proved|Undecided|Refuted)\b")]
    private static partial Regex Promise();
}
