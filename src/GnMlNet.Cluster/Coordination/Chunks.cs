using GnMlNet.Cluster.Messages;

namespace GnMlNet.Cluster.Coordination;

/// <summary>Long vectors in pieces.</summary>
internal static class Chunks
{
    /// <summary>How many pieces of a request are on the way at once.</summary>
    internal const int UploadsInFlight = 4;

    /// <summary>As many pieces of an answer on the way as keep a link busy while the ends add and wait.</summary>
    internal const int ReadsInFlight = 6;

    /// <summary>Does something with every piece, several at once, begun in order.</summary>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="inFlight">How many pieces at once.</param>
    /// <param name="action">What is done with a piece, given where it begins and how long it is.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task ForEach(long length, int inFlight, Func<long, int, Task> action, CancellationToken cancellation)
    {
        long next = 0;
        await Task.WhenAll(Enumerable.Range(0, (int)Math.Min(inFlight, (length + Block.ChunkBytes - 1) / Block.ChunkBytes)).Select(_ => TakeTurns())).ConfigureAwait(false);

        async Task TakeTurns()
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                long offset = Interlocked.Add(ref next, Block.ChunkBytes) - Block.ChunkBytes;
                if (offset >= length) return;
                await action(offset, (int)Math.Min(Block.ChunkBytes, length - offset)).ConfigureAwait(false);
            }
        }
    }
}
