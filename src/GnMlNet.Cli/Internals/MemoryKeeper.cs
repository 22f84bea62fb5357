namespace GnMlNet.Cli.Internals;

/// <summary>
/// Keeps the memory of long work on large tables near what it needs: the garbage collector waits until as much again has been thrown away as is in use, so this asks for a collection, which gives the memory back,
/// as soon as garbage is a quarter of what is in use.
/// </summary>
internal sealed class MemoryKeeper : IDisposable
{
    private const int PeriodInMilliseconds = 250;

    // Below this the garbage of small tables costs nobody anything.
    private const long LeastGarbage = 1 << 24, MostLeastGarbage = 1 << 27;
    private const int ShareOfLimit = 16;
    private const double MostShare = 0.25;

    private readonly Timer _timer;
    private readonly long _leastGarbage;
    private long _inUse = GC.GetTotalMemory(forceFullCollection: false);

    /// <param name="limit">The bytes that the work may take; null where nothing was said.</param>
    internal MemoryKeeper(long? limit = null)
    {
        _leastGarbage = Math.Clamp((limit ?? long.MaxValue) / ShareOfLimit, LeastGarbage, MostLeastGarbage);
        _timer = new Timer(_ => Look(), state: null, PeriodInMilliseconds, Timeout.Infinite);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long now = GC.GetTotalMemory(forceFullCollection: false);
        if (now - _inUse > Math.Max(_leastGarbage, MostShare * _inUse))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _inUse = GC.GetTotalMemory(forceFullCollection: false);
        }

        try
        {
            _timer.Change(PeriodInMilliseconds, Timeout.Infinite);
        }
        catch (ObjectDisposedException)
        {
            // The work ended meanwhile.
        }
    }
}
