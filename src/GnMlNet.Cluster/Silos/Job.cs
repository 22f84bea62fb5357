using GnMlNet.Cluster.Messages;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Silos;

/// <summary>An order under way on a silo: its request as it comes in, its work on a thread of its own, its answers until they have been fetched.</summary>
internal sealed class Job : IDisposable
{
    /// <summary>The most bytes of a request.</summary>
    internal const int MostRequestBytes = 1 << 28;

    private readonly CancellationTokenSource _end = new();
    private byte[] _request = [];

    /// <summary>When somebody last asked for it, in milliseconds of the process's clock.</summary>
    internal long LastHeard { get; set; } = Environment.TickCount64;

    /// <summary>The work; null before it has begun.</summary>
    internal Task<IReadOnlyList<Answer>>? Work { get; private set; }

    public void Dispose()
    {
        _end.Cancel();
        // The work may still look at the token.
        if (Work is null) _end.Dispose();
        else Work.ContinueWith(_ => _end.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    internal void Receive(int requestBytes, int offset, ReadOnlySpan<byte> chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requestBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requestBytes, MostRequestBytes);
        if (_request.Length == 0) _request = new byte[requestBytes];
        chunk.CopyTo(_request.AsSpan(offset));
    }

    internal void Begin(WorkOrder order, TableWork table)
    {
        if (order.RequestBytes != _request.Length) throw new ClusterException($"The request has {order.RequestBytes} bytes, but {_request.Length} came.");
        Work ??= Task.Factory.StartNew(() => Do(order, table, _end.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private IReadOnlyList<Answer> Do(WorkOrder order, TableWork table, CancellationToken cancellation)
    {
        switch (order.Task)
        {
            case WorkTask.Prepare:
                table.Prepare(order.Kind, _request, cancellation);
                return [];
            case WorkTask.Run:
                return [new Answer(table.Members.Run(_request, cancellation))];
            default:
                IPartWork work = table.Parts;
                return [.. SumTree.Nodes(order.Parts, new PartRange(order.First, order.End)).Select(node => new Answer(work.Sum(_request, node.First, node.End, cancellation)))];
        }
    }
}
