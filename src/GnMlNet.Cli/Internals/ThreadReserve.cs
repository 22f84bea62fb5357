namespace GnMlNet.Cli.Internals;

/// <summary>Threads of the pool that are there at once: where some wait for others, the pool would add these too slowly.</summary>
internal static class ThreadReserve
{
    /// <summary>Sees to at least so many.</summary>
    internal static void Ensure(int threads)
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, threads), ports);
    }
}
