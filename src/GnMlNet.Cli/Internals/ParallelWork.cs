using System.Collections.Concurrent;

namespace GnMlNet.Cli.Internals;

/// <summary>Independent pieces of work on several threads.</summary>
internal static class ParallelWork
{
    /// <param name="work">The pieces, begun in this order.</param>
    /// <param name="threads">How many work at once.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    internal static void Run(IEnumerable<Action> work, int threads, CancellationToken cancellation) => Parallel.ForEach(
        Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering),
        new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
        action => action());
}
