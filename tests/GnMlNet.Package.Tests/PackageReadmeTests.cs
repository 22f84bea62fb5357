using System.Text.RegularExpressions;

namespace GnMlNet.Package.Tests;

/// <summary>The samples in the packages' readmes.</summary>
public partial class PackageReadmeTests(PackageConsumer consumer) : IClassFixture<PackageConsumer>
{
    public static TheoryData<string> Libraries => [.. PackageFeed.Libraries];

    [Theory, MemberData(nameof(Libraries))]
    public void The_sample_of_a_package_compiles_without_a_warning_and_runs(string package)
    {
        string sample = SampleBlock().Matches(PackageFeed.Read(package, "README.md")).Should().ContainSingle().Subject.Groups[1].Value;
        consumer.Build(sample).Should().Contain("0 Warning(s)");
        string output = consumer.RunProgram();
        // What a comment behind a line of output says is what comes out.
        string[] promised = [.. Promise().Matches(sample).Select(match => match.Groups[1].Value)];
        promised.Except(output.Split('\n').Select(line => line.Trim())).Should().BeEmpty();
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SampleBlock();

    [GeneratedRegex(@"Console\.WriteLine\(.*\);\s*// (Proved|Undecided|Refuted)\b")]
    private static partial Regex Promise();
}
