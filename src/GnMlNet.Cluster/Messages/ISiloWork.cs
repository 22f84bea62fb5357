namespace GnMlNet.Cluster.Messages;

/// <summary>
/// A silo's work for one table: the combiner of its parts. An order is begun, which returns at once, and waited for in short calls, so that work may take as long as it takes while a
/// silo that is gone shows within seconds. Every call may be repeated.
/// </summary>
[Alias("gnml.work")]
internal interface ISiloWork : IGrainWithStringKey
{
    /// <summary>Takes a chunk of the request of an order that is to come.</summary>
    [Alias("upload")]
    Task Upload(Guid ticket, int requestBytes, int offset, Block chunk);

    /// <summary>Begins an order, and waits a moment for its end.</summary>
    [Alias("begin")]
    Task<WorkState> Begin(Guid ticket, WorkOrder order);

    /// <summary>Waits a moment for an order to end. Whoever waits shows that the answer is still wanted.</summary>
    [Alias("wait")]
    Task<WorkState> Wait(Guid ticket);

    /// <summary>A chunk of an answer; null where there is no such order.</summary>
    [Alias("read")]
    Task<Block?> Read(Guid ticket, int answer, long offset, int bytes);

    /// <summary>Ends an order where it still runs, and forgets its answers.</summary>
    [Alias("drop")]
    Task Drop(Guid ticket);

    /// <summary>Gives up the table.</summary>
    [Alias("close")]
    Task Close();
}
