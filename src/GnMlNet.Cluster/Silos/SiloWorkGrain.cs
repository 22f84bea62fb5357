using GnMlNet.Cluster.Messages;
using Orleans.Concurrency;

namespace GnMlNet.Cluster.Silos;

/// <summary>The work of one silo on one table.</summary>
[SiloPlacement, Reentrant, CollectionAgeLimit(Hours = 2)]
internal sealed class SiloWorkGrain(WorkFactories factories, HeldParts held, RowMeter meter) : Grain, ISiloWork
{
    // Well below the time after which a call counts as lost.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // A coordinator asks every few moments; one that is silent for so long is gone.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(20);
    private const int MostFailureLetters = 4000;

    private static readonly WorkState Unknown = new() { Stage = WorkStage.Unknown };
    private static readonly WorkState Running = new() { Stage = WorkStage.Running };

    private readonly Dictionary<Guid, Job> _jobs = [];
    private readonly TableWork _table = new(factories, meter);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(DropForgottenJobs, BetweenLooks, BetweenLooks);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Task[] running = [.. _jobs.Values.Select(job => job.Work).OfType<Task>()];
        foreach (Job job in _jobs.Values) job.Dispose();
        _jobs.Clear();
        held.Remove(this.GetPrimaryKeyString());
        // Work may take a while to hear that it shall stop; the silo need not wait.
        _ = Task.Run(() => _table.End(running), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task Upload(Guid ticket, int requestBytes, int offset, Block chunk)
    {
        JobOf(ticket).Receive(requestBytes, offset, chunk.Bytes);
        chunk.Release();
        return Task.CompletedTask;
    }

    public Task<WorkState> Begin(Guid ticket, WorkOrder order)
    {
        // One whose table was made ready, or whose request was received, by another activation of this grain.
        if ((order.Task != WorkTask.Prepare && !_table.IsReady) || (order.RequestBytes > 0 && !_jobs.ContainsKey(ticket))) return Task.FromResult(Unknown);
        if (order.Task == WorkTask.Sum) held.Set(this.GetPrimaryKeyString(), order.End - order.First, _table.Rows(order.First, order.End));
        JobOf(ticket).Begin(order, _table);
        return Wait(ticket);
    }

    public async Task<WorkState> Wait(Guid ticket)
    {
        if (!_jobs.TryGetValue(ticket, out Job? job) || job.Work is not { } work) return Unknown;
        job.LastHeard = Environment.TickCount64;
        if (await Task.WhenAny(work, Task.Delay(Moment)) != work) return Running;
        return work.IsCompletedSuccessfully
            ? new WorkState { Stage = WorkStage.Done, AnswerBytes = [.. work.Result.Select(answer => answer.Length)] }
            : new WorkState { Stage = WorkStage.Failed, Failure = Message(work.Exception) };
    }

    public Task<Block?> Read(Guid ticket, int answer, long offset, int bytes)
    {
        if (!_jobs.TryGetValue(ticket, out Job? job) || job.Work is not { IsCompletedSuccessfully: true, Result: var answers }) return Task.FromResult<Block?>(null);
        job.LastHeard = Environment.TickCount64;
        return Task.FromResult<Block?>(answers[answer].Chunk(offset, bytes));
    }

    public Task Drop(Guid ticket)
    {
        if (_jobs.Remove(ticket, out Job? job)) job.Dispose();
        return Task.CompletedTask;
    }

    public Task Close()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private static string Message(AggregateException? failures)
    {
        string message = failures?.GetBaseException().Message ?? "It was cancelled.";
        return message[..Math.Min(message.Length, MostFailureLetters)];
    }

    private Job JobOf(Guid ticket)
    {
        if (!_jobs.TryGetValue(ticket, out Job? job)) _jobs[ticket] = job = new Job();
        job.LastHeard = Environment.TickCount64;
        return job;
    }

    private Task DropForgottenJobs(CancellationToken cancellation)
    {
        foreach (Guid ticket in _jobs.Where(job => Environment.TickCount64 - job.Value.LastHeard > Patience.TotalMilliseconds).Select(job => job.Key).ToArray()) Drop(ticket);
        return Task.CompletedTask;
    }
}
