using CsCheck;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Tests;

public class RowSplitTests
{
    [Fact]
    public void Every_row_is_on_one_side_the_share_is_exact_and_the_seed_decides() => Gen.Select(Gen.Int[5, 500], Gen.Double[0.2, 0.8], Gen.Int[0, 1000]).Sample((rows, fraction, seed) =>
    {
        var split = new RowSplit(rows, fraction, seed);
        bool[] test = [.. Enumerable.Range(0, rows).Select(split.IsTest)];
        test.Count(isTest => isTest).Should().Be(split.TestCount).And.Be((int)Math.Round(fraction * rows));
        Enumerable.Range(0, rows).Should().OnlyContain(row => split.IsTest(row) != split.IsTraining(row));
        Enumerable.Range(0, rows).Select(new RowSplit(rows, fraction, seed).IsTest).Should().Equal(test);
    });
}
