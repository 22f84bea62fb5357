using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// Parts of a large table that are made here, from their rows, when they are first asked for, and kept while somebody asks for them: in memory while there is room, in temporary files beyond. May be used by many threads at once.
/// </summary>
internal sealed class PartStore : IDisposable
{
    // Every sum asks for all parts that are one's own; those that others have taken over are kept for a while, for they may come back.
    private const int MostSumsUnused = 1024;

    private readonly TableRecipe _recipe;
    private readonly PartMark[] _marks;
    private readonly Func<int, IEnumerable<SourceBlock>> _rowsFrom;
    private readonly PartRoom _room;
    private readonly PartBuilder _builder;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<PartRun> _runs = [];
    private IEnumerator<SourceBlock>? _rows;
    private int _nextPart;
    private long _clock;
    private bool _isDisposed;

    /// <param name="recipe">How rows become blocks.</param>
    /// <param name="marks">What is in every part.</param>
    /// <param name="rowsFrom">The rows from the first one of a part on, in blocks that are full but for the last.</param>
    /// <param name="room">Where blocks are kept.</param>
    /// <param name="work">The threads.</param>
    internal PartStore(TableRecipe recipe, PartMark[] marks, Func<int, IEnumerable<SourceBlock>> rowsFrom, PartRoom room, WorkSharing work) =>
        (_recipe, _marks, _rowsFrom, _room, _builder) = (recipe, marks, rowsFrom, room, new PartBuilder(recipe, work));

    /// <summary>How rows become blocks.</summary>
    internal TableRecipe Recipe => _recipe;

    /// <summary>How many parts there are.</summary>
    internal int PartCount => _marks.Length;

    /// <summary>How many parts are kept.</summary>
    internal int KeptParts => _runs.Sum(run => run.End - run.First);

    /// <summary>Does something with some parts, which are made where they are not there.</summary>
    /// <param name="first">The first part.</param>
    /// <param name="end">The part behind the last.</param>
    /// <param name="use">What to do, with runs that hold them, ascending.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="ChangedRowsException">The rows of a part are others than its mark says.</exception>
    /// <exception cref="TemporaryFileException">The folder for temporary files is full or cannot be written to.</exception>
    internal T Use<T>(int first, int end, Func<IReadOnlyList<PartRun>, T> use, CancellationToken cancellation)
    {
        PartRun[] held = Hold(first, end, cancellation);
        try
        {
            return use(held);
        }
        finally
        {
            _gate.Wait(CancellationToken.None);
            foreach (PartRun run in held) run.Users--;
            if (_isDisposed) DropAll();
            _gate.Release();
        }
    }

    /// <summary>Gives back memory and files, once nobody looks at them any longer.</summary>
    public void Dispose()
    {
        _gate.Wait();
        _isDisposed = true;
        DropAll();
        _gate.Release();
    }

    private PartRun[] Hold(int first, int end, CancellationToken cancellation)
    {
        _gate.Wait(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _clock++;
            for (int part = first; part < end;)
            {
                if (_runs.Find(run => run.First <= part && part < run.End) is { } there)
                {
                    part = there.End;
                    continue;
                }

                int gapEnd = _runs.Where(run => run.First > part).Select(run => run.First).Append(end).Min();
                Make(part, Math.Min(gapEnd, end), cancellation);
            }

            PartRun[] held = [.. _runs.Where(run => run.First < end && run.End > first)];
            foreach (PartRun run in held) (run.Users, run.LastUsed) = (run.Users + 1, _clock);
            Drop(run => _clock - run.LastUsed > MostSumsUnused);
            return held;
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Make(int first, int end, CancellationToken cancellation)
    {
        long rows = 0;
        for (int part = first; part < end; part++) rows += _marks[part].Rows;
        (long memory, RecordStore[] stores) = _room.Take((long)LargeTableBuilder.Bytes(rows, _recipe.InputSize, _recipe.Maps.Count), _builder.Record.Bytes, _recipe.Maps.Count);
        var layout = new TableLayout(_recipe.Folds.Folds);
        try
        {
            // Where parts follow those that were made last their rows follow, too.
            if (_rows is null || _nextPart != first) Begin(first);
            for (int part = first; part < end; part++)
            {
                Gather(part, cancellation);
                _builder.Write(part, layout, stores);
                _nextPart = part + 1;
            }

            if (end == _marks.Length) EndReading();
            Keep();
        }
        catch (Exception error)
        {
            _builder.Clear();
            EndReading();
            // Whoever asks again, for these or for others, need not wait for them once more.
            if (error is OperationCanceledException && layout.PartCount > 0)
            {
                Keep();
                throw;
            }

            foreach (RecordStore store in stores) store.Dispose();
            _room.GiveBack(memory);
            throw;
        }

        void Keep()
        {
            foreach (RecordStore store in stores) store.Complete();
            _runs.Add(new PartRun(first, layout, stores, memory) { LastUsed = _clock });
            _runs.Sort((one, other) => one.First - other.First);
        }
    }

    private void Gather(int part, CancellationToken cancellation)
    {
        PartMark mark = _marks[part];
        ulong hash = 0;
        int rows = 0;
        for (int block = 0; rows < mark.Rows && block < _recipe.BlocksOfPart && _rows!.MoveNext(); block++)
        {
            cancellation.ThrowIfCancellationRequested();
            SourceBlock now = _rows.Current;
            _builder.Gather(now, ((long)part * _recipe.BlocksOfPart * RowBlock.Capacity) + rows);
            rows += now.Rows.RowCount;
            hash = RowHash.Of(hash, RowHash.OfRows(now.Rows));
        }

        if (rows != mark.Rows || hash != mark.Hash) throw new ChangedRowsException(part);
    }

    private void Begin(int part)
    {
        EndReading();
        (_rows, _nextPart) = (_rowsFrom(part).GetEnumerator(), part);
    }

    private void EndReading()
    {
        _rows?.Dispose();
        _rows = null;
    }

    private void DropAll()
    {
        EndReading();
        Drop(_ => true);
    }

    private void Drop(Predicate<PartRun> isOld)
    {
        foreach (PartRun run in _runs.FindAll(run => run.Users == 0 && isOld(run)))
        {
            _runs.Remove(run);
            run.Dispose();
            _room.GiveBack(run.MemoryBytes);
        }
    }
}
