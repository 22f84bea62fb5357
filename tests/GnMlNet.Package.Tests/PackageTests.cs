namespace GnMlNet.Package.Tests;

public class PackageTests(TrainerConsumer consumer) : IClassFixture<TrainerConsumer>
{
    [Fact]
    public void A_program_that_references_only_the_package_trains_and_another_process_loads_the_same_bits()
    {
        string model = Path.Combine(consumer.Folder, "model.zip");
        string trained = consumer.RunProgram("train", model), loaded = consumer.RunProgram("load", model);
        (trained + loaded).Should().NotContain("FAILED");
        Lines(trained, "ok").Should().HaveCount(5);
        Lines(loaded, "ok").Should().HaveCount(6);
        string[] scores = [.. Lines(trained, "scores"), .. Lines(loaded, "scores")];
        scores.Should().HaveCount(3);
        scores.Distinct().Should().ContainSingle("saving and loading must not change a bit");
    }

    [Fact]
    public void The_consumer_builds_without_warnings() => consumer.BuildOutput.Should().Contain("0 Warning(s)");

    private static IEnumerable<string> Lines(string output, string start) => output.Split('\n').Where(line => line.StartsWith(start + " ", StringComparison.Ordinal));
}
