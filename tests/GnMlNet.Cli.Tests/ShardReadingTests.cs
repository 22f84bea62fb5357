using GnMlNet.Cli.Clustering;
using GnMlNet.Cli.Tables;
using Microsoft.ML;

namespace GnMlNet.Cli.Tests;

/// <summary>What silos are told of the files that they read themselves.</summary>
public sealed class ShardReadingTests : IDisposable
{
    private readonly CommandLine _gnml = new();

    public void Dispose() => _gnml.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void What_is_read_is_what_was_written_and_bytes_that_are_cut_or_changed_are_no_more_than_refused(bool hasGroups)
    {
        string path = _gnml.Write("t.csv", "a;day;kind;z;y\n" + string.Concat(Enumerable.Range(0, 40).Select(j => $"{j},5;2024-01-{1 + (j % 28):00};k{j % 3};{1e9 + j};{j % 7}%\n")));
        RegressionTable table = TableSettings.Of(path, "y").Open(new MLContext(seed: 1));
        int[] groups = [.. Enumerable.Range(0, 40).Select(j => j / 4)];
        RowSplit split = hasGroups ? new RowSplit(groups, 0.3, seed: 5) : new RowSplit(40, 0.3, seed: 5);
        byte[] bytes = ShardReading.Of(table, split, [1, 2, 3]).ToBytes();
        ShardReading read = ShardReading.Read(bytes);
        read.ToBytes().Should().Equal(bytes);
        read.Files.Should().Equal(new Shard(Path.GetFullPath(path), new FileInfo(path).Length, 40));
        read.Columns.Should().Equal(table.Columns, (one, other) => one.Name == other.Name && one.GetType() == other.GetType() && one.Type.Equals(other.Type));
        Enumerable.Range(0, 40).Where(read.Split.IsTest).Should().Equal(Enumerable.Range(0, 40).Where(split.IsTest)).And.HaveCount(split.TestCount);

        for (int length = 0; length < bytes.Length; length++) FluentActions.Invoking(() => ShardReading.Read(bytes.AsMemory(0, length))).Should().Throw<FormatException>();
        var random = new Random(7);
        for (int k = 0; k < 500; k++)
        {
            byte[] changed = [.. bytes];
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                ShardReading.Read(changed);
            }
            catch (FormatException)
            {
                // Any other exception fails the test.
            }
        }
    }
}
