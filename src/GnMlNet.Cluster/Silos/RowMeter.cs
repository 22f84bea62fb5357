namespace GnMlNet.Cluster.Silos;

/// <summary>How many rows a silo has passed over lately.</summary>
/// <param name="seconds">The whole seconds of a clock that does not go back.</param>
internal sealed class RowMeter(Func<long> seconds)
{
    /// <summary>The whole seconds that count, of which the present one is none.</summary>
    internal const int Window = 10;

    private readonly Lock _counting = new();
    private readonly (long Second, long Rows)[] _counts = new (long, long)[Window + 1];

    internal RowMeter()
        : this(() => Environment.TickCount64 / 1000)
    {
    }

    /// <summary>The rows of the window's seconds, by their number.</summary>
    internal double PerSecond
    {
        get
        {
            long now = seconds();
            lock (_counting) return _counts.Where(count => count.Second < now && count.Second >= now - Window).Sum(count => count.Rows) / (double)Window;
        }
    }

    internal void Add(long rows)
    {
        long now = seconds();
        lock (_counting)
        {
            ref (long Second, long Rows) count = ref _counts[now % _counts.Length];
            count = (now, count.Second == now ? count.Rows + rows : rows);
        }
    }
}
