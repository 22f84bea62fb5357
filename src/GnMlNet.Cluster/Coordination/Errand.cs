using GnMlNet.Cluster.Messages;
using GnMlNet.Cluster.Silos;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Coordination;

/// <summary>An order at one silo: its request goes there in chunks, its end is waited for, its answers are fetched in chunks, and then it is forgotten.</summary>
internal sealed class Errand(IGrainFactory grains, ISiloStatusOracle statuses, TableName table, TableSilo silo) : IAsyncDisposable
{
    // A silo in the list that does not answer is lost once the probes of the others would have found that out.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly ISiloWork _work = grains.GetGrain<ISiloWork>(SiloKey.Of(silo.Address, table.Key));
    private readonly Guid _ticket = Guid.NewGuid();

    /// <summary>How many bytes each answer has.</summary>
    internal IReadOnlyList<long> AnswerBytes { get; private set; } = [];

    /// <summary>Has the order done.</summary>
    /// <exception cref="SiloLostException">The silo is gone.</exception>
    /// <exception cref="ClusterException">The work failed.</exception>
    internal async Task Do(WorkOrder order, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        await Chunks.ForEach(request.Length, Chunks.UploadsInFlight, (offset, count) => Upload(request, (int)offset, count, cancellation), cancellation).ConfigureAwait(false);
        WorkState state = await Call(work => work.Begin(_ticket, order), cancellation).ConfigureAwait(false);
        while (state.Stage == WorkStage.Running) state = await Call(work => work.Wait(_ticket), cancellation).ConfigureAwait(false);
        if (state.Stage == WorkStage.Unknown) throw new SiloLostException(silo, cause: null);
        if (state.Stage == WorkStage.Failed) throw new ClusterException($"Silo {silo.Name}: {state.Failure}");
        AnswerBytes = state.AnswerBytes;
    }

    /// <summary>A chunk of an answer.</summary>
    /// <exception cref="SiloLostException">The silo is gone.</exception>
    internal async Task<Block> Read(int answer, long offset, int count, CancellationToken cancellation) =>
        await Call(work => work.Read(_ticket, answer, offset, count), cancellation).ConfigureAwait(false) ?? throw new SiloLostException(silo, cause: null);

    public ValueTask DisposeAsync()
    {
        // A silo that does not hear it forgets by itself.
        _ = _work.Drop(_ticket).ContinueWith(dropped => dropped.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return ValueTask.CompletedTask;
    }

    private Task<bool> Upload(ReadOnlyMemory<byte> request, int offset, int count, CancellationToken cancellation) => Call(
        async work =>
        {
            await work.Upload(_ticket, request.Length, offset, new Block(request.Slice(offset, count))).ConfigureAwait(false);
            return true;
        },
        cancellation);

    private async Task<T> Call<T>(Func<ISiloWork, Task<T>> call, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await call(_work).WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                if (statuses.GetApproximateSiloStatus(silo.Address) != SiloStatus.Active || Environment.TickCount64 - start > Patience.TotalMilliseconds) throw new SiloLostException(silo, error);
                await Task.Delay(BetweenTries, cancellation).ConfigureAwait(false);
            }
        }
    }
}
