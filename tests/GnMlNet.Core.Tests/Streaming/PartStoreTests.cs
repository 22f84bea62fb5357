using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Streaming;

/// <summary>Parts that are made one by one, where somebody has their rows.</summary>
public class PartStoreTests
{
    private const int Members = 8;

    [Fact]
    public void Parts_that_are_asked_for_in_any_order_by_several_processes_make_the_table_that_is_laid_out_at_once() =>
        Gen.Select(Gen.Int[1, 6000], Gen.Int[1, 3], Gen.Int[0, 1000], Gen.Bool, Gen.Bool).Sample(
            (rows, inputs, seed, hasGroups, inMemory) =>
            {
                RegressionData data = Make(rows, inputs, seed, hasGroups);
                (TableRecipe recipe, RereadRows stream) = RecipeOf(data, seed);
                using LargeTable expected = new LargeTableBuilder(recipe, new WorkSharing(1), bytes => new MemoryRecords(bytes)).Build(stream, default);
                // As others know it: through bytes.
                TableRecipe told = hasGroups ? recipe with { Cells = recipe.FindCells(stream, default) } : recipe;
                var description = PartDescription.Read(new PartDescription(told, stream.Parts(told.BlocksOfPart), new byte[] { 1, 2, 3 }).ToBytes());
                description.Reading.ToArray().Should().Equal(1, 2, 3);
                var random = new Random(seed);
                int parts = expected.Layout.PartCount, cut = random.Next(parts + 1);
                PartStore[] silos = [.. Enumerable.Range(0, 2).Select(_ => StoreOf(description, data, inMemory ? long.MaxValue : 0))];
                double[] Ask(PartQuestion question, TableLayout? layout)
                {
                    question = PartQuestion.Read(question.ToBytes())!;
                    double[] sum = new double[question.Length(told, parts)];
                    foreach ((PartStore silo, int lo, int hi) in new[] { (silos[0], 0, cut), (silos[1], cut, parts) })
                    {
                        // Nodes in any order, some of them twice.
                        foreach ((int first, int end) in PartTree.NodesWithin(parts, lo, hi).OrderBy(_ => random.Next()))
                        {
                            double[] answer = new double[sum.Length];
                            silo.Use(first, end, runs => { question.Answer(answer, first, end, runs, layout); return true; }, default);
                            for (int i = 0; i < sum.Length; i++) sum[i] += answer[i];
                        }
                    }

                    return sum;
                }

                var blocks = new PartQuestion.Blocks(PartQuestion.Counts.Of(Ask(new PartQuestion.Counts(), null)));
                TableLayout layout = blocks.LayoutOf(Ask(blocks, null), told, description.Marks);
                Bytes(layout).Should().Equal(Bytes(expected.Layout));
                int[] numbers = [.. Enumerable.Range(0, layout.BlockCount).Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next())];
                for (int map = 0; map < 2; map++)
                {
                    var records = new PartQuestion.Records(map, numbers);
                    RowBlock[] loaded = records.BlocksOf(Ask(records, layout), told, layout);
                    foreach ((RowBlock one, RowBlock other) in loaded.Zip(expected.Load(map, numbers)))
                    {
                        one.RowCount.Should().Be(other.RowCount);
                        one.Values.Select(BitConverter.DoubleToInt64Bits).Should().Equal(other.Values.Select(BitConverter.DoubleToInt64Bits));
                        one.Labels.Should().Equal(other.Labels);
                        one.Weights.Should().Equal(other.Weights);
                    }
                }

                silos[0].KeptParts.Should().Be(cut);
                silos[1].KeptParts.Should().Be(parts - cut);
                // One of them takes over all of it.
                var pass = new GradientPass(PointOf(inputs, seed), new BlockChoice(1, RowSample.All(layout.Order(1).Length)), 7);
                if (layout.Order(1).Length > 0) silos[0].Use(0, parts, runs => TableOf(runs, layout, inputs).Sum(pass), default).Should().Equal(expected.Sum(pass));
                silos[0].KeptParts.Should().Be(layout.Order(1).Length > 0 ? parts : cut);
                foreach (PartStore silo in silos) silo.Dispose();
            },
            iter: 25);

    [Fact]
    public void Rows_that_are_others_than_before_are_noticed_and_the_part_is_named()
    {
        RegressionData data = Make(3000, 2, 1, hasGroups: false), other = Make(3000, 2, 1, hasGroups: false, (j, y) => j == 2000 ? Math.BitIncrement(y) : y);
        (TableRecipe recipe, RereadRows stream) = RecipeOf(data, 1);
        var description = new PartDescription(recipe, stream.Parts(recipe.BlocksOfPart), default);
        using PartStore store = StoreOf(description, other, long.MaxValue);
        store.Use(0, 2, runs => runs.Count, default).Should().Be(1);
        store.Invoking(of => of.Use(0, 4, _ => true, default)).Should().Throw<ChangedRowsException>().Which.Part.Should().Be(2000 / (3 * RowBlock.Capacity));
        using PartStore shorter = StoreOf(description, Make(2900, 2, 1, hasGroups: false), long.MaxValue);
        shorter.Invoking(of => of.Use(3, 4, _ => true, default)).Should().Throw<ChangedRowsException>();
    }

    [Fact]
    public void What_was_made_before_work_was_cancelled_is_not_made_again()
    {
        RegressionData data = Make(3000, 1, 2, hasGroups: false);
        (TableRecipe recipe, RereadRows stream) = RecipeOf(data, 2);
        using var cancellation = new CancellationTokenSource();
        int read = 0;
        IEnumerable<SourceBlock> RowsFrom(int part)
        {
            foreach (SourceBlock block in RowGathering.Blocks(new TableCursor(data, part * 3 * RowBlock.Capacity), 1, hasGroups: false))
            {
                if (++read == 8) cancellation.Cancel();
                yield return block;
            }
        }

        using var store = new PartStore(recipe, stream.Parts(3), RowsFrom, new PartRoom(long.MaxValue, TemporaryFolder.Of(new RunOptions())), new WorkSharing(1));
        store.Invoking(of => of.Use(0, 4, _ => true, cancellation.Token)).Should().Throw<OperationCanceledException>();
        store.KeptParts.Should().Be(2);
        read = 100;
        store.Use(0, 4, runs => runs.Count, default).Should().Be(2);
        (read - 100).Should().Be(12 - 6);
    }

    [Fact]
    public void Parts_that_nobody_asks_for_any_longer_are_given_up_and_the_memory_with_them()
    {
        RegressionData data = Make(3000, 1, 3, hasGroups: false);
        (TableRecipe recipe, RereadRows stream) = RecipeOf(data, 3);
        // Room for two parts.
        double bytes = LargeTableBuilder.Bytes(2 * 3 * RowBlock.Capacity, 1, 2);
        using PartStore store = StoreOf(new PartDescription(recipe, stream.Parts(3), default), data, (long)bytes);
        bool IsOnDisk(int part) => store.Use(part, part + 1, runs => runs[0].Store(0).IsOnDisk, default);
        (IsOnDisk(0), IsOnDisk(1), IsOnDisk(2)).Should().Be((false, false, true));
        for (int k = 0; k < 2000; k++) IsOnDisk(2);
        store.KeptParts.Should().Be(1);
        (IsOnDisk(0), IsOnDisk(1), IsOnDisk(2), IsOnDisk(3)).Should().Be((false, false, true, true));
    }

    [Fact]
    public void Bytes_that_are_no_description_or_question_are_refused_without_being_believed()
    {
        RegressionData data = Make(3000, 2, 4, hasGroups: true);
        (TableRecipe recipe, RereadRows stream) = RecipeOf(data, 4);
        recipe = recipe with { Cells = recipe.FindCells(stream, default) };
        using LargeTable table = new LargeTableBuilder(recipe, new WorkSharing(1), bytes => new MemoryRecords(bytes)).Build(stream, default);
        byte[] description = new PartDescription(recipe, stream.Parts(3), new byte[] { 4 }) { Layout = table.Layout }.ToBytes();
        Bytes(PartDescription.Read(description).Layout!).Should().Equal(Bytes(table.Layout));
        byte[] question = new PartQuestion.Records(1, [3, 1, 4]).ToBytes();
        foreach ((byte[] bytes, Func<byte[], object?> read) in new (byte[], Func<byte[], object?>)[] { (description, of => PartDescription.Read(of)), (question, of => PartQuestion.Read(of)) })
        {
            for (int length = 1; length < bytes.Length; length += 1 + (bytes.Length / 500)) read.Invoking(of => of(bytes[..length])).Should().Throw<FormatException>();
            read.Invoking(of => of([.. bytes, 0])).Should().Throw<FormatException>();
            var random = new Random(5);
            for (int k = 0; k < 300; k++)
            {
                byte[] changed = [.. bytes];
                changed[random.Next(1, Math.Min(changed.Length, 400))] ^= (byte)(1 << random.Next(8));
                try
                {
                    read(changed);
                }
                catch (FormatException)
                {
                    // Any other exception fails the test.
                }
            }
        }
    }

    private static PassPoint PointOf(int inputs, int seed)
    {
        var random = new Random(seed);
        var shape = new NetworkShape(inputs, 2);
        return new PassPoint(shape, Activation.Tanh, 1, [.. Enumerable.Range(0, (int)shape.ParameterCount).Select(_ => random.NextDouble() - 0.5)]);
    }

    private static LargeTable TableOf(IReadOnlyList<PartRun> runs, TableLayout layout, int inputs)
    {
        var record = new BlockRecord(inputs);
        return new LargeTable(layout, record, [.. Enumerable.Range(0, 2).Select(map => new PartedRecords(record.Bytes, layout.BlockCount, [.. runs.Select(run => (layout.FirstBlock(run.First), run.Store(map)))]))], inputs);
    }

    private static PartStore StoreOf(PartDescription description, RegressionData data, long memory) => new(
        description.Recipe,
        description.Marks,
        part => RowGathering.Blocks(new TableCursor(data, (int)(description.Marks[part].Place / 3)), data.InputSize, hasGroups: false),
        new PartRoom(memory, TemporaryFolder.Of(new RunOptions())),
        new WorkSharing(1));

    private static byte[] Bytes(TableLayout layout)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        layout.Write(writer);
        return stream.ToArray();
    }

    private static (TableRecipe Recipe, RereadRows Stream) RecipeOf(RegressionData data, int seed)
    {
        var stream = new RereadRows(data.InputSize, data.HasGroups, () => new TableCursor(data));
        TableSurvey survey = TableSurvey.Of(stream, 2500, (ulong)seed, default);
        FeatureMap[] maps = [FeatureMap.Plain(survey.Units), FeatureMap.Bent(survey.Units, survey.Sample, new WorkSharing(1), isSmooth: false, survey.RangeOf)];
        FoldRule folds = FoldRule.For(Members, leastFolds: 4, (ulong)seed, survey, DistinctRows.Of(survey.Sample).Count);
        return (new TableRecipe(maps, survey.Units.Label, folds, (ulong)seed) { BlocksOfPart = 3 }, stream);
    }

    private static RegressionData Make(int rows, int inputs, int seed, bool hasGroups, Func<int, double, double>? change = null)
    {
        var random = new Random(seed);
        var data = new RegressionData(inputs);
        double[] features = new double[inputs];
        for (int j = 0; j < rows; j++)
        {
            for (int k = 0; k < inputs; k++) features[k] = (float)(random.NextDouble() - 0.5);
            double label = features[0] + random.NextDouble();
            data.Add(features, change?.Invoke(j, label) ?? label, 1 + (j % 3), hasGroups ? (j % 11 == 0 ? null : j % 50) : null);
        }

        return data;
    }
}
