using System.Text.RegularExpressions;

namespace GnMlNet.Package.Tests;

public partial class ReadmeTests(TrainerConsumer consumer) : IClassFixture<TrainerConsumer>
{
    [Fact]
    public void The_sample_in_the_README_compiles_and_trains_a_good_model()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        string sample = SampleBlock().Matches(readme).Should().ContainSingle().Subject.Groups[1].Value;
        consumer.AddData("concrete.csv");

        consumer.Build(sample).Should().Contain("0 Warning(s)");
        Match result = Result().Match(consumer.RunProgram());

        result.Success.Should().BeTrue();
        double.Parse(result.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture).Should().BeGreaterThan(0.85);
        File.Exists(Path.Combine(consumer.Folder, "concrete.zip")).Should().BeTrue();
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SampleBlock();

    [GeneratedRegex(@"RMSE [\d.]+, R² ([\d.]+)")]
    private static partial Regex Result();
}
