using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Core.Tests.Streaming;

public sealed class SharedTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Whoever_opens_a_shared_table_gets_the_same_sums_by_passes_that_went_as_bytes() =>
        Gen.Select(Gen.Int[300, 4000], Gen.Int[1, 3], Gen.Int[0, 1000]).Sample(
            (rows, inputs, seed) =>
            {
                string folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
                using LargeTable table = Build(folder, rows, inputs, seed);
                using LargeTable opened = SharedTable.Open(folder, SharedTable.WriteLayout(table, folder));
                var random = new Random(seed);
                var shape = new NetworkShape(inputs, 2);
                PassPoint Point(int map) => new(shape, Activation.All[random.Next(2)], map, Initialization.Draw(shape, random));
                int member = random.Next(8), total = table.Layout.Order(member).Length;
                if (total == 0) return;
                var choice = new BlockChoice(random.Next(2) == 0 ? member : null, new RowSample(random.Next(total), random.Next(total + 1), total));
                RowPass[] passes = [new GradientPass(Point(0), choice, 2.5), new GramPass(Point(1), choice, 0.7, random.Next(2) == 0), new LeftOutPass([.. Enumerable.Range(0, 8).Select(k => Point(k / 4))], 2, -1, 2)];
                foreach (RowPass pass in passes)
                {
                    byte[] bytes = PassBytes.Of(pass);
                    opened.Sum(PassBytes.Read(bytes)).Should().Equal(table.Sum(pass));
                    for (int cut = 0; cut < bytes.Length; cut += 1 + (bytes.Length / 50)) FluentActions.Invoking(() => PassBytes.Read(bytes.AsMemory(0, cut))).Should().Throw<FormatException>();
                }
            },
            iter: 15);

    [Fact]
    public void A_table_that_is_missing_damaged_cut_or_another_one_is_named()
    {
        using LargeTable table = Build(_folder, 1000, 2, 1);
        byte[] hash = SharedTable.WriteLayout(table, _folder);
        void ShouldFail(string folder, string message) => FluentActions.Invoking(() => SharedTable.Open(folder, hash)).Should().Throw<TemporaryFileException>().WithMessage(message);
        ShouldFail(Path.Combine(_folder, "none"), "*none*table.layout' cannot be read*");
        string layout = Path.Combine(_folder, "table.layout"), map = Path.Combine(_folder, SharedTable.NameOf(1));
        byte[] bytes = File.ReadAllBytes(layout);
        for (int at = 0; at < bytes.Length; at += 97)
        {
            bytes[at] ^= 4;
            File.WriteAllBytes(layout, bytes);
            ShouldFail(_folder, "*damaged or another one*");
            bytes[at] ^= 4;
        }

        File.WriteAllBytes(layout, bytes);
        string other = Directory.CreateDirectory(Path.Combine(_folder, "copy")).FullName;
        File.Copy(layout, Path.Combine(other, "table.layout"));
        ShouldFail(other, $"*{SharedTable.NameOf(0)}' cannot be read*");
        File.Copy(Path.Combine(_folder, SharedTable.NameOf(0)), Path.Combine(other, SharedTable.NameOf(0)));
        File.WriteAllBytes(Path.Combine(other, SharedTable.NameOf(1)), File.ReadAllBytes(map)[..^1]);
        ShouldFail(other, $"*{SharedTable.NameOf(1)}' has*another table, or was cut*");
    }

    private static LargeTable Build(string folder, int rows, int inputs, int seed)
    {
        RegressionData data = Problems.NoisyTable(rows, inputs, seed);
        var units = Standardization.Measure(data);
        var work = new WorkSharing(1);
        int stores = 0;
        var temporary = new TemporaryFolder(folder, long.MaxValue);
        var builder = new LargeTableBuilder(
            new TableRecipe([FeatureMap.Plain(units), FeatureMap.Bent(units, data, work)], units.Label, new FoldRule(2, 4, (ulong)seed, null, isByNumber: false), (ulong)seed) { BlocksOfPart = 3 }, work, bytes => new FileRecords(bytes, temporary, SharedTable.NameOf(stores++)));
        return builder.Build(new TableSource(data), default);
    }
}
