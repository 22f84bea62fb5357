using System.Globalization;
using System.Text.RegularExpressions;

namespace GnMlNet.Samples.Tests;

public partial class ConsolePipelineTests
{
    [Fact]
    public void It_beats_the_linear_model_and_its_model_comes_back_from_a_file()
    {
        string[] lines = SampleProgram.Run("ConsolePipeline");
        Match errors = Errors().Match(lines[0]);
        Number(errors.Groups[1]).Should().BeLessThan(Number(errors.Groups[2]));
        Match valuation = Valuation().Match(lines[^1]);
        Number(valuation.Groups[1]).Should().BeInRange(Number(valuation.Groups[2]), Number(valuation.Groups[3]));
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^error on new flats: ([\d.]+), of a linear model ([\d.]+)")]
    private static partial Regex Errors();

    [GeneratedRegex(@"old: (\d+), between (\d+) and (\d+)$")]
    private static partial Regex Valuation();
}
