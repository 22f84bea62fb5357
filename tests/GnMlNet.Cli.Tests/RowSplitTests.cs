using CsCheck;
using GnMlNet.Cli.Common;
using GnMlNet.Cli.Tables;

namespace GnMlNet.Cli.Tests;

public class RowSplitTests
{
    [Fact]
    public void No_group_is_cut_and_the_share_is_met_as_closely_as_groups_allow() => Gen.Select(Gen.Int[2, 40], Gen.Int[1, 9], Gen.Int[0, 1000], Gen.Double[0.05, 0.5]).Sample((count, most, seed, fraction) =>
    {
        var random = new Random(seed);
        int[] groups = [.. Enumerable.Range(0, count).SelectMany(group => Enumerable.Repeat(group, random.Next(1, most + 1))).Order()];
        random.Shuffle(groups);
        RowSplit split;
        try
        {
            split = new RowSplit(groups, fraction, seed);
        }
        catch (UserError)
        {
            return;
        }

        int[] test = [.. Enumerable.Range(0, groups.Length).Where(split.IsTest)];
        test.Should().HaveCount(split.TestCount);
        test.Select(row => groups[row]).Intersect(Enumerable.Range(0, groups.Length).Where(split.IsTraining).Select(row => groups[row])).Should().BeEmpty();
        Math.Abs(split.TestCount - (fraction * groups.Length)).Should().BeLessThanOrEqualTo(most);
    });

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
