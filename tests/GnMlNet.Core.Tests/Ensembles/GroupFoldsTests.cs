using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>Whatever leaves rows out leaves out whole groups.</summary>
public class GroupFoldsTests
{
    private static readonly Gen<(int?[] Groups, int Seed)> Tables = Gen.Select(Gen.Int[2, 30], Gen.Int[20, 150], Gen.Double[0, 0.5], Gen.Int).Select((groups, rows, missing, seed) =>
    {
        var random = new Random(seed);
        int?[] of = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < missing ? (int?)null : random.Next(groups))];
        return (of, seed);
    }).Where(table => RowGroups.Number(table.of).Max() >= 4).Select(table => (table.of, table.seed));

    [Fact]
    public void Equal_groups_have_equal_numbers_and_rows_without_one_a_number_of_their_own() => Tables.Sample(table =>
    {
        int[] numbers = RowGroups.Number(table.Groups);
        for (int i = 0; i < numbers.Length; i++)
        {
            for (int j = 0; j < i; j++) (numbers[i] == numbers[j]).Should().Be(table.Groups[i] is not null && table.Groups[i] == table.Groups[j]);
        }

        numbers.Distinct().Should().BeInAscendingOrder().And.HaveCount(numbers.Max() + 1);
        Table(table.Groups, table.Seed).GroupCount.Should().Be(numbers.Max() + 1);
    });

    [Fact]
    public void No_fold_cuts_a_group_and_every_row_is_left_out_by_every_partition() => Gen.Select(Tables, Gen.Int[2, 14]).Sample((table, members) =>
    {
        RegressionData data = Table(table.Groups, table.Seed);
        int[] numbers = data.GroupNumbers();
        DistinctRows distinct = DistinctRows.Of(data);
        CrossFitting folds = CrossFitting.Draw(distinct, members, new Random(table.Seed));
        folds.LeavesRowsOut.Should().BeTrue();
        var times = new int[data.RowCount];
        for (int k = 0; k < members; k++)
        {
            int[] left = folds.LeftOutRows(k), kept = folds.TrainingRows(k);
            left.Concat(kept).Order().Should().Equal(Enumerable.Range(0, data.RowCount));
            left.Select(row => numbers[row]).Intersect(kept.Select(row => numbers[row])).Should().BeEmpty("a group is left out as a whole");
            left.Should().NotBeEmpty();
            foreach (int row in left) times[row]++;
        }

        int partitions = members >= 8 && members % 2 == 0 ? 2 : 1;
        times.Should().OnlyContain(count => count >= partitions);
        foreach (int[][] partition in folds.LeftOutDistinctRows().Chunk(Math.Min(members / partitions, distinct.GroupCount)))
        {
            partition.SelectMany(fold => fold).Order().Should().Equal(Enumerable.Range(0, distinct.Count));
            partition.SelectMany(fold => fold.Select(row => distinct.GroupNumbers[row]).Distinct()).Should().OnlyHaveUniqueItems();
        }
    });

    [Fact]
    public void Folds_of_single_rows_take_turns_and_those_of_groups_are_as_even_as_their_largest_group_allows() => Gen.Select(Tables, Gen.Int[2, 7]).Sample((table, folds) =>
    {
        int n = table.Groups.Length;
        int[] order = MathNet.Numerics.Combinatorics.GeneratePermutation(n, new Random(table.Seed)), numbers = RowGroups.Number(table.Groups);
        RowGroups.Fold(order, [.. Enumerable.Range(0, n)], folds).Should().Equal(Enumerable.Range(0, n).Select(row => Array.IndexOf(order, row) % folds));
        int[] sizes = [.. RowGroups.Fold(order, numbers, folds).CountBy(fold => fold).Select(fold => fold.Value)];
        (sizes.Max() - sizes.Min()).Should().BeLessThanOrEqualTo(sizes.Length < folds ? n : numbers.CountBy(number => number).Max(group => group.Value));
    });

    [Fact]
    public void A_split_cuts_no_group_and_takes_a_share_of_the_groups() => Gen.Select(Tables, Gen.Double[0.05, 0.9]).Sample((table, fraction) =>
    {
        // The weight of a row names it.
        RegressionData data = Table(table.Groups, table.Seed, weight: j => j + 1);
        int[] numbers = data.GroupNumbers();
        (RegressionData training, RegressionData? held) = NetworkTraining.HoldOut(data, null, fraction, new Random(table.Seed));
        int[] Groups(RegressionData rows) => [.. rows.Weights().Select(weight => numbers[(int)weight - 1]).Distinct()];
        Groups(training).Intersect(Groups(held!)).Should().BeEmpty();
        training.Weights().Concat(held!.Weights()).Order().Should().Equal(Enumerable.Range(1, data.RowCount).Select(row => (double)row));
        Groups(held).Should().HaveCount(Math.Max(1, (int)(fraction * data.GroupCount)));
        held.GroupCount.Should().Be(Groups(held).Length, "rows keep their groups");
    });

    [Fact]
    public void The_evidence_of_a_member_that_judges_a_row_has_seen_no_row_of_its_group() => Gen.Select(Gen.Int[2, 20], Gen.Enum<KernelForm>(), Gen.Int[0, 1000]).Sample(
        (groups, form, seed) =>
        {
            RegressionData data = Table([.. Enumerable.Range(0, 90).Select(j => (int?)(j % groups))], seed);
            (KernelFit[] fits, _, DistinctRows distinct, _) = Fit(data, form);
            foreach (KernelFit fit in fits)
            {
                foreach (IGrouping<int, bool> group in fit.IsChosenWithout.Select((without, row) => (without, row)).GroupBy(at => distinct.GroupNumbers[at.row], at => at.without)) group.Distinct().Should().ContainSingle();
            }

            for (int row = 0; row < distinct.Count; row++) fits.Any(fit => fit.IsChosenWithout[row]).Should().BeTrue("each row is judged by someone");
        },
        iter: 6);

    [Theory, InlineData(KernelForm.Exact), InlineData(KernelForm.ConjugateGradients), InlineData(KernelForm.Sparse)]
    public void What_a_member_that_was_chosen_without_a_group_says_of_its_rows_hangs_on_none_of_their_labels(KernelForm form)
    {
        int?[] groups = [.. Enumerable.Range(0, 150).Select(j => (int?)(j / 10))];
        RegressionData data = Table(groups, 5), changed = Table(groups, 5, label: (y, j) => j / 10 == 3 ? y + 1 : y);
        (KernelFit[] before, int[] judged, DistinctRows distinct, _) = Fit(data, form);
        KernelFit[] after = Fit(changed, form).Fits;
        int[] rows = [.. Enumerable.Range(0, judged.Length).Where(at => groups[distinct.Firsts[judged[at]]] == 3)];
        rows.Should().HaveCount(10);
        before.Where(fit => fit.IsChosenWithout[judged[rows[0]]]).Should().NotBeEmpty();
        for (int k = 0; k < before.Length; k++)
        {
            if (!before[k].IsChosenWithout[judged[rows[0]]]) continue;
            foreach (int at in rows) after[k].LeftOut[at].Should().BeApproximately(before[k].LeftOut[at], 1e-4);
        }
    }

    [Fact]
    public void Copies_in_one_group_are_merged_and_copies_in_two_are_not()
    {
        var data = new RegressionData(1);
        foreach ((double x, int? group) in new (double, int?)[] { (1, 7), (1, 7), (1, 8), (1, null), (1, null), (2, 7) }) data.Add([x], 0, 1, group);
        DistinctRows distinct = DistinctRows.Of(data);
        distinct.Places.Should().Equal(0, 0, 1, 2, 2, 3);
        distinct.GroupNumbers.Should().Equal(0, 1, 2, 0);
    }

    [Fact]
    public void Every_group_counts_as_one_row_where_intervals_are_calibrated() => Tables.Sample(table =>
    {
        var random = new Random(table.Seed);
        double[] weights = [.. table.Groups.Select(_ => 0.5 + random.NextDouble())];
        int[] counted = [.. Enumerable.Range(0, weights.Length).Where(_ => random.Next(4) > 0)];
        double[] shares = RowGroups.WeighEachAsOne(table.Groups, weights, counted);
        foreach (IGrouping<int?, int> group in counted.GroupBy(row => table.Groups[row]))
        {
            if (group.Key is null) group.Should().OnlyContain(row => shares[row] == weights[row]);
            else group.Sum(row => shares[row]).Should().BeApproximately(1, 1e-12);
        }
    });

    [Fact]
    public void Too_few_groups_to_leave_some_out_are_refused_with_their_number()
    {
        RegressionData Rows(int groups) => Table([.. Enumerable.Range(0, 40).Select(j => (int?)(j % groups))], 1);
        var ensemble = new EnsembleOptions { Run = new() { HiddenUnits = 2 }, MaximumIterations = 1, Members = 2, Kernel = null };
        void Refused(int groups, EnsembleOptions options) => FluentActions.Invoking(() => EnsembleTraining.Train(Rows(groups), options)).Should().Throw<ArgumentException>().WithMessage($"*40 rows*{groups} group*at least {groups + 1}*");
        Refused(1, ensemble);
        Refused(2, ensemble with { ValidationFraction = 0.5 });
        Refused(3, ensemble with { ValidationFraction = 0.9, Intervals = IntervalKind.HeldOutRows });
        EnsembleTraining.Train(Rows(4), ensemble with { ValidationFraction = 0.9, CalibrationFraction = 0.9, Intervals = IntervalKind.HeldOutRows }).Ensemble.InputSize.Should().Be(2);
        // Validation rows that are given leave no group out.
        EnsembleTraining.Train(Rows(2), ensemble with { ValidationFraction = 0.5 }, validation: Rows(1)).Ensemble.InputSize.Should().Be(2);
        NetworkTraining.Train(Rows(1), new TrainingOptions { ValidationFraction = 0.5, MaximumIterations = 1 }, validation: Rows(1)).Network.Shape.InputSize.Should().Be(2);
        FluentActions.Invoking(() => NetworkTraining.Train(Rows(1), new TrainingOptions { ValidationFraction = 0.5 })).Should().Throw<ArgumentException>().WithMessage("*1 group,*at least 2*");
    }

    private static RegressionData Table(int?[] groups, int seed, Func<int, double>? weight = null, Func<double, int, double>? label = null)
    {
        var data = new RegressionData(2);
        int row = 0;
        foreach ((double[] x, double y, double w) in Problems.Rows(Problems.NoisyTable(groups.Length, 2, seed, weight))) data.Add(x, label?.Invoke(y, row) ?? y, w, groups[row++]);
        return data;
    }

    private static (KernelFit[] Fits, int[] Judged, DistinctRows Distinct, int[][] Folds) Fit(RegressionData data, KernelForm form)
    {
        Standardization units = Standardization.Measure(Table([.. new int?[data.RowCount]], 5));
        FeatureMap[] maps = [FeatureMap.Plain(units), FeatureMap.Bent(units, data, new WorkSharing(1))];
        RegressionData[] views = [.. maps.Select(map => map.Map(data, units.Label, new WorkSharing(1)))];
        DistinctRows distinct = DistinctRows.Of(data);
        int[][] folds = CrossFitting.Draw(distinct, 8, new Random(3)).LeftOutDistinctRows();
        var training = new KernelBlockTraining(views, maps, distinct, new KernelOptions { Centres = 40, EvidenceRows = 40 }, form, new KernelValues(distinct.Count, mostBytes: 0), new WorkSharing(1), new TrainingControl());
        return (training.Train(data.Categories, folds, new Random(1)), training.Judged, distinct, folds);
    }
}
