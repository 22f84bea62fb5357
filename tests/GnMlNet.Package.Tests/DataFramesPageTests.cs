using System.Globalization;
using System.Text.RegularExpressions;

namespace GnMlNet.Package.Tests;

public partial class DataFramesPageTests(DataFramesConsumer consumer) : IClassFixture<DataFramesConsumer>
{
    // The blocks of a page make one program together.
    [Theory, InlineData("data-frames.md"), InlineData("GnMlNet.DataFrames.md")]
    public void The_samples_of_a_page_on_data_frames_compile_without_warnings_and_train_a_good_model(string page)
    {
        string sample = string.Concat(SampleBlock().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, page))).Select(block => block.Groups[1].Value));
        consumer.AddData("concrete.csv");

        consumer.Build(sample).Should().Contain("0 Warning(s)");
        Match result = Result().Match(consumer.RunProgram());

        result.Success.Should().BeTrue();
        double.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture).Should().BeGreaterThan(0.85);
        File.Exists(Path.Combine(consumer.Folder, "concrete.zip")).Should().BeTrue();
    }

    [Fact]
    public void The_consumer_builds_without_warnings() => consumer.BuildOutput.Should().Contain("0 Warning(s)");

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SampleBlock();

    [GeneratedRegex(@"R²\D* ([\d.]+)")]
    private static partial Regex Result();
}
