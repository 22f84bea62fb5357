using CsCheck;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;

namespace GnMlNet.Core.Tests.Ensembles;

public class CrossFittingTests
{
    private static CrossFitting Draw(int rows, int members, int seed = 0) => CrossFitting.Draw(DistinctRows.Of(Problems.NoisyTable(rows, 2, 1)), members, new Random(seed));

    [Fact]
    public void Every_member_trains_on_what_it_does_not_leave_out_and_every_row_is_left_out_equally_often() =>
        Gen.Select(Gen.Int[2, 14], Gen.Int[28, 200], Gen.Int).Sample((members, rows, seed) =>
        {
            CrossFitting folds = Draw(rows, members, seed);
            folds.LeavesRowsOut.Should().BeTrue();
            var times = new int[rows];
            for (int k = 0; k < members; k++)
            {
                folds.TrainingRows(k).Concat(folds.LeftOutRows(k)).Order().Should().Equal(Enumerable.Range(0, rows));
                foreach (int row in folds.LeftOutRows(k)) times[row]++;
            }

            times.Should().OnlyContain(count => count == (members >= 8 && members % 2 == 0 ? 2 : 1));
        });

    [Fact]
    public void The_two_halves_of_ten_members_partition_the_rows_independently()
    {
        CrossFitting folds = Draw(1000, 10);
        for (int k = 0; k < 5; k++)
        {
            folds.LeftOutRows(k).Should().HaveCount(200);
            for (int other = 5; other < 10; other++) folds.LeftOutRows(k).Intersect(folds.LeftOutRows(other)).Count().Should().BeInRange(20, 60);
        }
    }

    [Fact]
    public void Too_few_rows_are_left_out_by_nobody()
    {
        CrossFitting folds = Draw(9, 10);
        folds.LeavesRowsOut.Should().BeFalse();
        for (int k = 0; k < 10; k++) folds.TrainingRows(k).Should().HaveCount(9);
    }

    [Fact]
    public void The_ladder_starts_at_ten_and_its_rungs_lie_an_eighth_apart()
    {
        int[] rungs = [.. Enumerable.Range(0, 400).Where(IterationLadder.IsRung)];
        rungs[0].Should().Be(10);
        rungs.Zip(rungs.Skip(1)).Should().OnlyContain(pair => pair.Second - pair.First >= 2 && pair.Second <= 1.25 * pair.First);
    }
}
