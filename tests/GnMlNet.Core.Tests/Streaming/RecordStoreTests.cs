using CsCheck;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Streaming;

public sealed class RecordStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gnmlnet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_appended_is_read_wherever_it_is_and_whichever_records_are_asked_for() =>
        Gen.Select(Gen.Int[1, 200_000], Gen.Int[0, 60], Gen.Int).Sample(
            (size, count, seed) =>
            {
                var random = new Random(seed);
                byte[][] records = [.. Enumerable.Range(0, count).Select(_ => { var bytes = new byte[size]; random.NextBytes(bytes); return bytes; })];
                int[] wanted = [.. Enumerable.Range(0, count).Where(_ => random.Next(3) > 0)];
                foreach (RecordStore store in new RecordStore[] { new MemoryRecords(size), new FileRecords(size, Folder()) })
                {
                    using RecordStore held = store;
                    foreach (byte[] record in records) held.Append(record);
                    held.Complete();
                    using var reader = new StoreReader(held, wanted);
                    foreach (int record in wanted)
                    {
                        reader.MoveNext().Should().BeTrue();
                        reader.Record.Should().Be(record);
                        reader.Current.Span.SequenceEqual(records[record]).Should().BeTrue();
                    }

                    reader.MoveNext().Should().BeFalse();
                }
            },
            iter: 40);

    [Fact]
    public void A_temporary_file_leaves_nothing_behind_and_counts_for_the_limit_while_it_is_there()
    {
        var folder = new TemporaryFolder(_folder, 3_000_000);
        var first = new FileRecords(1_000_000, folder);
        for (int i = 0; i < 2; i++) first.Append(new byte[1_000_000]);
        first.Complete();
        // Elsewhere a file has its name until it is closed.
        if (!OperatingSystem.IsWindows()) Directory.GetFiles(_folder).Should().BeEmpty();
        var second = new FileRecords(1_000_000, folder);
        void Fill()
        {
            for (int i = 0; i < 2; i++) second.Append(new byte[1_000_000]);
            second.Complete();
        }

        FluentActions.Invoking(Fill).Should().Throw<TemporaryFileException>().WithMessage("*more than 2.8 MiB in the folder*limit for temporary files*");
        second.Dispose();
        first.Dispose();
        using var third = new FileRecords(1_000_000, folder);
        for (int i = 0; i < 2; i++) third.Append(new byte[1_000_000]);
        third.Complete();
        Directory.GetFiles(_folder).Length.Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        FluentActions.Invoking(() => new FileRecords(10, new TemporaryFolder(Path.Combine(_folder, "none"), 1))).Should().Throw<TemporaryFileException>().WithMessage("*none' for temporary files cannot be written to*Choose another one.");

    private TemporaryFolder Folder() => TemporaryFolder.Of(new RunOptions { TemporaryFolder = _folder });
}
