using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Silos;

/// <summary>The work of one silo on one table, once it has been made ready. A failure is not kept: a file that was missing may be there the next time.</summary>
internal sealed class TableWork(WorkFactories factories, RowMeter meter)
{
    private readonly Lock _making = new();
    private volatile IPartWork? _parts;
    private volatile IMemberWork? _members;

    /// <summary>Whether it has been made ready.</summary>
    internal bool IsReady => _parts is not null || _members is not null;

    internal IPartWork Parts => _parts ?? throw new ClusterException("Its kind of table has no parts to add up.");

    /// <summary>How many rows some parts have; 0 where they are made of something else.</summary>
    internal long Rows(int firstPart, int endPart) => _parts is IRowWork rows ? rows.Rows(firstPart, endPart) : 0;

    internal IMemberWork Members => _members ?? throw new ClusterException("Its kind of table has no work on members.");

    /// <summary>Makes ready what the kind of table has, where that has not been done.</summary>
    internal void Prepare(string kind, ReadOnlyMemory<byte> description, CancellationToken cancellation)
    {
        lock (_making)
        {
            if (factories.HasParts(kind) || !factories.HasMembers(kind)) _parts ??= factories.Parts(kind).Create(description, factories.Folders, cancellation);
            if (_parts is IRowWork rows) rows.Passed = meter.Add;
            if (factories.HasMembers(kind)) _members ??= factories.Members(kind).Create(description, factories.Folders, cancellation);
        }
    }

    /// <summary>Gives the table up once no work on it runs any longer.</summary>
    /// <param name="running">The work that still runs, asked to stop.</param>
    internal async Task End(IEnumerable<Task> running)
    {
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_making)
        {
            (_parts as IDisposable)?.Dispose();
            (_members as IDisposable)?.Dispose();
            (_parts, _members) = (null, null);
        }
    }
}
