using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Streaming;

public class LargeTableTests
{
    private const int Members = 8;

    private static readonly Gen<(int Rows, int Inputs, int Seed, bool HasGroups)> s_tables = Gen.Select(Gen.Int[1, 6000], Gen.Int[1, 4], Gen.Int[0, 1000], Gen.Bool);

    [Fact]
    public void Every_row_is_in_one_block_of_its_cell_with_its_label_and_weight() => s_tables.Sample(
        table =>
        {
            RegressionData data = Make(table);
            (LargeTable large, FoldRule folds, FeatureMap[] maps, ColumnScale label) = Build(data, table.Seed, onDisk: table.Seed % 2 == 0);
            using LargeTable held = large;
            RowBlock[][] views = [.. maps.Select((_, map) => large.Load(map, [.. Enumerable.Range(0, large.Layout.BlockCount)]))];
            var found = new HashSet<int>();
            double[] features = new double[table.Inputs];
            int?[] groups = data.Groups();
            for (int b = 0; b < large.Layout.BlockCount; b++)
            {
                for (int j = 0; j < views[0][b].RowCount; j++)
                {
                    // The weight is the number of the row.
                    int row = (int)views[0][b].Weights[j] - 1;
                    found.Add(row).Should().BeTrue();
                    double[] original = data.InputsOf([row]).First();
                    foreach ((FeatureMap map, RowBlock[] view) in maps.Zip(views))
                    {
                        map.Map<double>(original, features);
                        for (int k = 0; k < table.Inputs; k++) view[b].Column(k)[j].Should().Be((float)features[k]);
                        view[b].Labels[j].Should().Be(label.Standardize(data.Labels()[row]));
                        view[b].Column(table.Inputs)[j].Should().Be(1);
                    }

                    large.Layout.CellOf(b).Should().Be(folds.Of(data.Blocks[row / RowBlock.Capacity], row % RowBlock.Capacity, groups[row], row));
                }
            }

            found.Should().HaveCount(data.RowCount);
            large.Layout.RowCount.Should().Be(data.RowCount);
            for (int member = 0; member < Members; member++)
            {
                int[] order = large.Layout.Order(member);
                order.Should().OnlyHaveUniqueItems();
                order.Order().Should().Equal(Enumerable.Range(0, large.Layout.BlockCount).Where(b => Enumerable.Range(0, folds.Partitions).All(partition => large.Layout.LeftOutBy(b, partition) != member)));
            }
        },
        iter: 40);

    [Fact]
    public void Groups_are_left_out_together_and_so_are_copies_of_a_row() => s_tables.Sample(
        table =>
        {
            RegressionData data = Make(table);
            (LargeTable large, FoldRule folds, _, _) = Build(data, table.Seed, onDisk: false);
            using LargeTable held = large;
            int?[] groups = data.Groups();
            Cell[] cells = [.. Enumerable.Range(0, data.RowCount).Select(j => folds.Of(data.Blocks[j / RowBlock.Capacity], j % RowBlock.Capacity, groups[j], j))];
            if (table.HasGroups)
            {
                foreach (IGrouping<int?, int> group in Enumerable.Range(0, data.RowCount).Where(j => groups[j] is not null).GroupBy(j => groups[j])) group.Select(j => cells[j]).Distinct().Should().ContainSingle();
            }
            else if (data.RowCount >= 2500)
            {
                // Every tenth row is a copy of the one before.
                for (int j = 10; j < data.RowCount; j += 10) cells[j].Should().Be(cells[j - 1]);
            }
        },
        iter: 40);

    [Fact]
    public void Sums_over_a_large_table_are_those_of_its_rows_in_memory_to_single_precision_of_the_inputs_and_the_same_bits_from_disk() => s_tables.Sample(
        table =>
        {
            RegressionData data = Make(table);
            (LargeTable large, FoldRule folds, FeatureMap[] maps, ColumnScale label) = Build(data, table.Seed, onDisk: false);
            using LargeTable inMemory = large;
            using LargeTable onDisk = Build(data, table.Seed, onDisk: true).Table;
            var random = new Random(table.Seed);
            var shape = new NetworkShape(table.Inputs, 3);
            double[] theta = Initialization.Draw(shape, random), gradient = new double[theta.Length], expected = new double[theta.Length];
            int member = random.Next(Members), map = random.Next(2);
            int blocks = large.Layout.Order(member).Length;
            if (blocks == 0) return;
            var streamed = new StreamedLeastSquares(large, member, blocks, map, shape, Activation.Tanh, 0.3);
            var fromDisk = new StreamedLeastSquares(onDisk, member, blocks, map, shape, Activation.Tanh, 0.3);

            int?[] groups = data.Groups();
            int[] rows = [.. Enumerable.Range(0, data.RowCount).Where(j => folds.Of(data.Blocks[j / RowBlock.Capacity], j % RowBlock.Capacity, groups[j], j).Of(member / folds.Folds) != member % folds.Folds)];
            var direct = new PenalizedLeastSquares(BlockedRows.Of(maps[map].Map(data, label, new WorkSharing(1)), rows), shape, Activation.Tanh, 0.3, threads: 1);
            streamed.OutputCount.Should().Be(direct.OutputCount);
            streamed.TotalWeight.Should().BeApproximately(direct.TotalWeight, 1e-9 * direct.TotalWeight);
            double loss = direct.LossAndGradient(theta, expected);
            streamed.LossAndGradient(theta, gradient).Should().BeApproximately(loss, 1e-5 * loss);
            double norm = Vectors.Norm(expected);
            for (int i = 0; i < gradient.Length; i++) gradient[i].Should().BeApproximately(expected[i], 1e-5 * (1 + norm));

            double[] again = new double[gradient.Length];
            fromDisk.LossAndGradient(theta, again).Should().Be(streamed.LossAndGradient(theta, gradient));
            again.Should().Equal(gradient);

            SymmetricMatrix gram = new(theta.Length), of = new(theta.Length), disk = new(theta.Length);
            bool single = random.Next(2) == 0;
            foreach (PenalizedObjective objective in new PenalizedObjective[] { direct, streamed, fromDisk }) objective.MoveTo(theta);
            direct.Gram(of);
            streamed.Gram(gram, new CurvatureSample(RowSample.All(blocks), single));
            fromDisk.Gram(disk, new CurvatureSample(RowSample.All(blocks), single));
            double largest = Enumerable.Range(0, theta.Length).Max(i => of[i, i]);
            for (int i = 0; i < theta.Length; i++)
            {
                for (int k = 0; k <= i; k++)
                {
                    gram[i, k].Should().BeApproximately(of[i, k], 1e-5 * largest);
                    disk[i, k].Should().Be(gram[i, k]);
                }
            }
        },
        iter: 40);

    [Fact]
    public void Samples_of_blocks_are_weighted_up_to_all_rows_and_parts_may_be_summed_apart() => s_tables.Sample(
        table =>
        {
            RegressionData data = Make(table with { Rows = table.Rows + 5000 });
            (LargeTable large, _, _, _) = Build(data, table.Seed, onDisk: table.Seed % 2 == 0);
            using LargeTable held = large;
            var random = new Random(table.Seed);
            var shape = new NetworkShape(table.Inputs, 2);
            double[] theta = Initialization.Draw(shape, random);
            int total = large.Layout.Order(null).Length;
            var sample = new RowSample(random.Next(total), 1 + random.Next(total), total);
            var pass = new GramPass(new PassPoint(shape, Activation.Tanh, 0, theta), new BlockChoice(null, sample), totalWeight: 1, inSinglePrecision: false);
            double[] all = large.Sum(pass);
            int parts = large.Layout.PartCount, cut = random.Next(parts + 1);
            var nodes = new Dictionary<(int, int), double[]?>();
            large.Sum(pass, new WorkSharing(3)).Should().Equal(all);
            foreach ((int lo, int hi) in PartTree.NodesWithin(parts, 0, cut).Concat(PartTree.NodesWithin(parts, cut, parts))) nodes[(lo, hi)] = large.Sum(pass, lo, hi);
            PartTree.Sum(0, parts, (lo, hi) => nodes[(lo, hi)], (lo, hi) => nodes.ContainsKey((lo, hi))).Should().Equal(all);

            // The last entry is that of the output bias: the weight of the sample.
            all[^1].Should().BeApproximately(new BlockChoice(null, sample).Weight(large.Layout), 1e-9 * all[^1]);
        },
        iter: 30);

    [Fact]
    public void A_label_that_overflows_in_the_units_of_training_is_refused()
    {
        var data = new RegressionData(1);
        for (int j = 0; j < 1000; j++) data.Add([j % 7 * 1e-60], j, 1);
        var far = new RegressionData(1);
        for (int j = 0; j < 1000; j++) far.Add([j == 500 ? 1.0 : 0.0], j, 1);
        var units = Standardization.Measure(data);
        FoldRule folds = new(1, 4, 1, null, isByNumber: true);
        var builder = new LargeTableBuilder(new TableRecipe([FeatureMap.Plain(units)], units.Label, folds, 1), new WorkSharing(1), bytes => new MemoryRecords(bytes));
        builder.Invoking(of => of.Build(new TableSource(far), default)).Should().Throw<ArgumentException>().WithMessage("*so far from the mean*");
    }

    private static RegressionData Make((int Rows, int Inputs, int Seed, bool HasGroups) table)
    {
        var random = new Random(table.Seed);
        var data = new RegressionData(table.Inputs);
        double[] features = new double[table.Inputs];
        for (int j = 0; j < table.Rows; j++)
        {
            if (j % 10 != 0) for (int k = 0; k < features.Length; k++) features[k] = (float)(100 * random.NextDouble());
            data.Add(features, features.Sum() + random.NextDouble(), j + 1, table.HasGroups && random.Next(5) > 0 ? random.Next(1 + (table.Rows / 20)) : null);
        }

        return data;
    }

    private static (LargeTable Table, FoldRule Folds, FeatureMap[] Maps, ColumnScale Label) Build(RegressionData data, int seed, bool onDisk)
    {
        TableSurvey survey = TableSurvey.Of(new TableSource(data), 2500, (ulong)seed, default);
        var work = new WorkSharing(2);
        FeatureMap[] maps = [FeatureMap.Plain(survey.Units), FeatureMap.Bent(survey.Units, survey.Sample, work, isSmooth: false, survey.RangeOf)];
        FoldRule folds = FoldRule.For(Members, leastFolds: 4, (ulong)seed, survey, GnMlNet.Core.Kernels.DistinctRows.Of(survey.Sample).Count);
        var folder = TemporaryFolder.Of(new RunOptions());
        var builder = new LargeTableBuilder(new TableRecipe(maps, survey.Units.Label, folds, (ulong)seed) { BlocksOfPart = 3 }, work, bytes => onDisk ? new FileRecords(bytes, folder) : new MemoryRecords(bytes));
        return (builder.Build(new TableSource(data), default), folds, maps, survey.Units.Label);
    }
}
