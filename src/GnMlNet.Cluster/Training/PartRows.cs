using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Training;

/// <summary>What a silo computes of parts that it makes itself: answers about them and, once the layout of all is known, the sums of passes.</summary>
internal sealed class PartRows : IPartWork, IRowWork, IDisposable
{
    private readonly PartStore _store;
    private readonly Action _release;
    private readonly TableLayout? _layout;
    private readonly Func<int, string> _nameOf;
    private bool _isReleased;

    private PartRows(PartStore store, Action release, TableLayout? layout, Func<int, string> nameOf) => (_store, _release, _layout, _nameOf) = (store, release, layout, nameOf);

    public Action<long> Passed { private get; set; } = _ => { };

    public double[] Sum(ReadOnlyMemory<byte> request, int firstPart, int endPart, CancellationToken cancellation)
    {
        try
        {
            return _store.Use(firstPart, endPart, runs => PartQuestion.Read(request) is { } question ? Answer(question, runs) : Pass(PassBytes.Read(request), runs), cancellation);
        }
        catch (ChangedRowsException error)
        {
            throw new ClusterException($"The rows of {_nameOf(error.Part)} are others than those that training began with. Give the silo the same files, and train again.");
        }
        catch (Exception error) when (error.InnerException is not null)
        {
            // What reads rows may wrap what went wrong with a file.
            while (error.InnerException is not null) error = error.InnerException;
            throw error is OperationCanceledException ? error : new ClusterException(error.Message);
        }

        double[] Answer(PartQuestion question, IReadOnlyList<PartRun> runs)
        {
            double[] answer = new double[question.Length(_store.Recipe, _store.PartCount)];
            question.Answer(answer, firstPart, endPart, runs, _layout);
            return answer;
        }

        double[] Pass(RowPass pass, IReadOnlyList<PartRun> runs)
        {
            if (_layout is not { } layout) throw new FormatException("Nothing passes over rows before the layout of all is known.");
            int inputs = _store.Recipe.InputSize;
            foreach (PartRun run in runs)
            {
                if (layout.FirstBlock(run.End) - layout.FirstBlock(run.First) != run.Layout.BlockCount) throw new FormatException($"Parts {run.First} to {run.End - 1} have {run.Layout.BlockCount} blocks, unlike those of the layout.");
            }

            var record = new BlockRecord(inputs);
            using var table = new LargeTable(
                layout, record, [.. Enumerable.Range(0, _store.Recipe.Maps.Count).Select(map => new PartedRecords(record.Bytes, layout.BlockCount, [.. runs.Select(run => (layout.FirstBlock(run.First), run.Store(map)))]))], inputs)
            { Passed = Passed };
            return table.Sum(pass, firstPart, endPart, cancellation) ?? new double[pass.Length];
        }
    }

    public long Rows(int firstPart, int endPart) => _layout?.RowsOf(firstPart, endPart) ?? 0;

    public void Dispose()
    {
        if (_isReleased) return;
        _isReleased = true;
        _release();
    }

    /// <summary>Opens tables of a kind whose rows a silo reads itself.</summary>
    /// <param name="memoryLimit">The most bytes of memory that their rows take together; further ones go into temporary files.</param>
    /// <param name="temporaryFolder">The folder for these.</param>
    internal abstract class Factory(long memoryLimit, string temporaryFolder) : IPartWorkFactory
    {
        private readonly PartRoom _room = new(memoryLimit, new TemporaryFolder(temporaryFolder, long.MaxValue));
        private readonly PartStores _stores = new();

        public IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation)
        {
            var table = PartDescription.Read(description);
            PartMark[] marks = table.Marks;
            IPartReader reader = Open(table.Reading, folders);
            IEnumerable<SourceBlock> RowsFrom(int part) => RowGathering.Blocks(reader.RowsFrom(marks[part].Place), table.Recipe.InputSize, hasGroups: false);
            (PartStore store, Action release) = _stores.Take(table, () => new PartStore(table.Recipe, marks, RowsFrom, _room, new WorkSharing(Environment.ProcessorCount)));
            return new PartRows(store, release, table.Layout, part => reader.NameOf(marks[part].Place, part + 1 < marks.Length ? marks[part + 1].Place : long.MaxValue));
        }

        /// <summary>Opens the rows of a table.</summary>
        /// <param name="reading">How they are read, as whoever coordinates describes it.</param>
        /// <param name="folders">The folders from which the silo may read.</param>
        internal abstract IPartReader Open(ReadOnlyMemory<byte> reading, ShardFolders folders);
    }
}
