using System.Diagnostics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// Runs independent pieces of work on a bounded number of threads. Every piece writes only what is its own, so results do not depend on how many
/// threads there are or who takes which piece. The caller takes pieces too and waits only for those that another thread has already begun:
/// on a busy machine it simply does more of them itself. Nothing is allocated.
/// </summary>
internal sealed class WorkSharing : IThreadPoolWorkItem
{
    private static readonly TimeSpan s_lookOut = TimeSpan.FromMicroseconds(50);

    // A plain object: waiting for the last piece needs a monitor.
    private readonly object _lock = new();
    private readonly int _mostHelpers;
    private int _helpers;
    private Action<int>? _body;
    private int _count;
    private int _next;
    private int _done;
    private Exception? _failure;

    /// <param name="threads">How many threads may work at once, the caller's among them; at least 1.</param>
    internal WorkSharing(int threads) => _mostHelpers = threads - 1;

    /// <summary>How many threads may work at once, the caller's among them.</summary>
    internal int Threads => _mostHelpers + 1;

    /// <summary>Runs <paramref name="body"/> for 0 to <paramref name="count"/> - 1 and returns when all are done. Not for two callers at once.</summary>
    internal void For(int count, Action<int> body)
    {
        if (_mostHelpers == 0 || count <= 1)
        {
            for (int i = 0; i < count; i++) body(i);
            return;
        }

        int needed;
        lock (_lock)
        {
            (_body, _count, _next, _done, _failure) = (body, count, 0, 0, null);
            // Helpers that are still on their way from an earlier call will do.
            needed = Math.Min(_mostHelpers, count - 1) - _helpers;
            _helpers += Math.Max(needed, 0);
        }

        for (int i = 0; i < needed; i++) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        TakePieces();
        WaitForLastPieces();
        _body = null;
        if (_failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
    }

    void IThreadPoolWorkItem.Execute()
    {
        do TakePieces();
        while (MoreWorkComesSoon());
        lock (_lock) _helpers--;
    }

    /// <summary>Looks out for the next call for a moment: waking up a thread takes longer than many calls do.</summary>
    private bool MoreWorkComesSoon()
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            if (Volatile.Read(ref _next) < Volatile.Read(ref _count)) return true;
            Thread.SpinWait(20);
        }
        while (Stopwatch.GetElapsedTime(start) < s_lookOut);
        return false;
    }

    private void WaitForLastPieces()
    {
        // Pieces take well under a millisecond, so the last one is mostly about to end.
        var spin = new SpinWait();
        while (Volatile.Read(ref _done) < _count && !spin.NextSpinWillYield) spin.SpinOnce();
        lock (_lock)
        {
            while (_done < _count) Monitor.Wait(_lock);
        }
    }

    private void TakePieces()
    {
        while (true)
        {
            Action<int> body;
            int piece;
            lock (_lock)
            {
                if (_next >= _count) return;
                (piece, body) = (_next++, _body!);
            }

            Exception? failure = null;
            try
            {
                body(piece);
            }
            catch (Exception error)
            {
                failure = error;
            }

            lock (_lock)
            {
                _failure ??= failure;
                if (++_done == _count) Monitor.PulseAll(_lock);
            }
        }
    }
}
