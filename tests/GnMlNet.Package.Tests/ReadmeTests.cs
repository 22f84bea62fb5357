using System.Text.RegularExpressions;

namespace GnMlNet.Package.Tests;

[Collection(DocumentationConsumer.Shared)]
public partial class ReadmeTests(DocumentationConsumer consumer)
{
    [Fact]
    public void The_sample_in_the_README_compiles_and_trains_a_good_model()
    {
        string sample = MarkdownPage.Blocks(File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, "README.md")), "csharp").Should().ContainSingle().Subject;
        RepositoryData.CopyTo(consumer.Folder);

        consumer.Replace(sample).Should().BeEmpty();
        Match result = Result().Match(consumer.RunProgram());

        result.Success.Should().BeTrue();
        double.Parse(result.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture).Should().BeGreaterThan(0.85);
        File.Exists(Path.Combine(consumer.Folder, "concrete.zip")).Should().BeTrue();
    }

    [GeneratedRegex(@"RMSE [\d.]+, R² ([\d.]+)")]
    private static partial Regex Result();
}
