using GnMlNet.Cluster.Work;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Training;

/// <summary>What a silo computes of parts that it makes itself: answers about them and, once the layout of all is known, the sums of passes.</summary>
internal sealed class PartRows : IPartWork, IDisposable
{
    private readonly PartStore _store;
    private readonly Action _release;
    private readonly TableLayout? _layout;
    private readonly Func<int, string> _placeOf;
    private bool _isReleased;

    private PartRows(PartStore store, Action release, TableLayout? layout, Func<int, string> placeOf) => (_store, _release, _layout, _placeOf) = (store, release, layout, placeOf);

    public double[] Sum(ReadOnlyMemory<byte> request, int firstPart, int endPart, CancellationToken cancellation)
    {
        try
        {
            return _store.Use(firstPart, endPart, runs => PartQuestion.Read(request) is { } question ? Answer(question, runs) : Pass(PassBytes.Read(request), runs), cancellation);
        }
        catch (ChangedRowsException error)
        {
            throw new ClusterException($"The rows of {_placeOf(error.Part)} are others than those that training began with. Give the silo the same files, and train again.");
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
                layout, record, [.. Enumerable.Range(0, _store.Recipe.Maps.Count).Select(map => new PartedRecords(record.Bytes, layout.BlockCount, [.. runs.Select(run => (layout.FirstBlock(run.First), run.Store(map)))]))], inputs);
            return table.Sum(pass, firstPart, endPart, cancellation) ?? new double[pass.Length];
        }
    }

    public void Dispose()
    {
        if (_isReleased) return;
        _isReleased = true;
        _release();
    }

    /// <summary>Opens tables of a kind whose rows a silo reads itself.</summary>
    /// <param name="room">Where parts are kept.</param>
    internal abstract class Factory(PartRoom room) : IPartWorkFactory
    {
        private readonly PartStores _stores = new();

        public IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation)
        {
            var table = PartDescription.Read(description);
            IPartReader reader = Open(table, folders);
            (PartStore store, Action release) = _stores.Take(table, () => new PartStore(table.Recipe, table.Marks, reader.RowsFrom, room, new WorkSharing(Environment.ProcessorCount)));
            return new PartRows(store, release, table.Layout, reader.PlaceOf);
        }

        /// <summary>Opens the rows of a table.</summary>
        /// <param name="table">The table.</param>
        /// <param name="folders">The folders from which the silo may read.</param>
        internal abstract IPartReader Open(PartDescription table, ShardFolders folders);
    }
}
