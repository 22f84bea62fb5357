using GnMlNet.Cluster.Coordination;
using GnMlNet.Cluster.Messages;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster;

/// <summary>
/// A table whose parts the silos of a cluster share. Sums over all parts have the same bits for any number of silos, and when silos come and go: what a silo that is lost was doing the others
/// do anew. May be used by many threads at once.
/// </summary>
public sealed class ClusterTable : IAsyncDisposable
{
    // Each time a silo is gone, or has forgotten the order.
    private const int MostLosses = 100;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly IGrainFactory _grains;
    private readonly ISiloStatusOracle _statuses;
    private readonly TableName _table;
    private readonly TableSilos _silos;

    private ClusterTable(IGrainFactory grains, ISiloStatusOracle statuses, TableName table, SiloRole own)
    {
        (_grains, _statuses, _table) = (grains, statuses, table);
        _silos = new TableSilos(grains, statuses, table, own);
    }

    /// <summary>The number of parts.</summary>
    public int Parts => _table.Parts;

    /// <summary>Which silos that joined the cluster after the table was opened are left out, and why.</summary>
    public IReadOnlyList<string> Refusals => _silos.Refusals;

    /// <summary>The sum of the vectors of all parts, in the order of <see cref="SumTree"/>.</summary>
    /// <param name="request">What the silos' <see cref="IPartWork"/> computes; at most 256 MiB.</param>
    /// <param name="cancellation">Ends the wait, and the work.</param>
    /// <exception cref="ClusterException">The work failed on a silo, or no silo is left.</exception>
    public async ValueTask<double[]> SumAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation = default) =>
        await Repeat(silos => Sum(silos, request, cancellation), cancellation).ConfigureAwait(false);

    /// <summary>A member's piece of work, done by one of the silos.</summary>
    /// <param name="member">The number of the member, at least 0, which says where it is done: members are spread over the silos by their processors, and go back to the same one as long as no silo comes or goes.</param>
    /// <param name="request">What the silos' <see cref="IMemberWork"/> does; at most 256 MiB.</param>
    /// <param name="cancellation">Ends the wait, and the work.</param>
    /// <exception cref="ClusterException">The work failed on the silo, or no silo is left.</exception>
    public async ValueTask<byte[]> RunAsync(int member, ReadOnlyMemory<byte> request, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(member);
        return await Repeat(silos => Run(silos[MemberPlaces.Of(member, [.. silos.Select(silo => silo.Cores)])], request, cancellation), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _silos.Close();
        _silos.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a table.</summary>
    internal static async Task<ClusterTable> Open(IGrainFactory grains, ISiloStatusOracle statuses, TableName table, SiloRole own, CancellationToken cancellation)
    {
        var opened = new ClusterTable(grains, statuses, table, own);
        try
        {
            await opened._silos.Current(isFirst: true, cancellation).ConfigureAwait(false);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<T> Repeat<T>(Func<IReadOnlyList<TableSilo>, Task<T>> work, CancellationToken cancellation)
    {
        for (int losses = 0; ; losses++)
        {
            try
            {
                return await work(await _silos.Current(isFirst: false, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (SiloLostException lost) when (losses < MostLosses)
            {
                if (lost.IsSilent || _statuses.GetApproximateSiloStatus(lost.Silo.Address) != SiloStatus.Active)
                {
                    await _silos.Lose(lost.Silo, cancellation).ConfigureAwait(false);
                    continue;
                }

                // One that has only just joined, or was idle for hours, may not have known the table.
                await _silos.Renew(lost.Silo, cancellation).ConfigureAwait(false);
                await Task.Delay(BetweenTries, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<double[]> Sum(IReadOnlyList<TableSilo> silos, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        // The first that fails ends the others.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        (Errand Errand, PartRange Range)[] shares =
        [
            .. silos.Zip(PartCut.Cut(Parts, [.. silos.Select(silo => silo.Cores)])).Where(share => share.Second.Count > 0)
                .Select(share => (new Errand(_grains, _statuses, _table, share.First), share.Second)),
        ];
        try
        {
            await Together(shares.Select(share => share.Errand.Do(_table.Order(WorkTask.Sum, share.Range.First, share.Range.End, request.Length), request, end.Token)), end).ConfigureAwait(false);
            (Errand Errand, int Answer, PartRange Node)[] nodes =
                [.. shares.SelectMany(share => SumTree.Nodes(Parts, share.Range).Select((node, k) => (share.Errand, k, node)))];
            long bytes = shares[0].Errand.AnswerBytes[0];
            if (shares.SelectMany(share => share.Errand.AnswerBytes).FirstOrDefault(other => other != bytes, bytes) is var other && other != bytes)
                throw new ClusterException($"The vectors of all parts must have the same length; there are some of {bytes / sizeof(double)} and some of {other / sizeof(double)}.");
            double[] sum = GC.AllocateUninitializedArray<double>((int)(bytes / sizeof(double)));
            await Together([Chunks.ForEach(bytes, Chunks.ReadsInFlight, (offset, count) => AddChunk(nodes, sum, offset, count, end.Token), end.Token)], end).ConfigureAwait(false);
            return sum;
        }
        finally
        {
            foreach ((Errand errand, _) in shares) await errand.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AddChunk((Errand Errand, int Answer, PartRange Node)[] nodes, double[] sum, long offset, int count, CancellationToken cancellation)
    {
        Block[] chunks = await Task.WhenAll(nodes.Select(node => node.Errand.Read(node.Answer, offset, count, cancellation))).ConfigureAwait(false);
        SumTree.Finish(Parts, nodes.Zip(chunks).ToDictionary(pair => pair.First.Node, IVector (pair) => pair.Second), sum.AsSpan((int)(offset / sizeof(double)), count / sizeof(double)));
        foreach (Block chunk in chunks) chunk.Release();
    }

    private async Task<byte[]> Run(TableSilo silo, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        var errand = new Errand(_grains, _statuses, _table, silo);
        await using (errand.ConfigureAwait(false))
        {
            await errand.Do(_table.Order(WorkTask.Run, requestBytes: request.Length), request, cancellation).ConfigureAwait(false);
            byte[] answer = new byte[errand.AnswerBytes[0]];
            await Chunks.ForEach(answer.Length, Chunks.ReadsInFlight, ReadChunk, cancellation).ConfigureAwait(false);
            return answer;

            async Task ReadChunk(long offset, int count)
            {
                Block chunk = await errand.Read(0, offset, count, cancellation).ConfigureAwait(false);
                chunk.Bytes.CopyTo(answer.AsSpan((int)offset));
                chunk.Release();
            }
        }
    }

    /// <summary>Waits for all; where one fails the others are ended, and its exception is the one that is thrown.</summary>
    private static async Task Together(IEnumerable<Task> tasks, CancellationTokenSource end)
    {
        List<Task> open = [.. tasks];
        while (open.Count > 0)
        {
            Task first = await Task.WhenAny(open).ConfigureAwait(false);
            open.Remove(first);
            try
            {
                await first.ConfigureAwait(false);
            }
            catch
            {
                await end.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }
    }
}
