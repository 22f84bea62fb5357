using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Silos;

/// <summary>The work of one silo on one table, made when it is first needed. A failure is not kept: a file that was missing may be there the next time.</summary>
internal sealed class TableWork(WorkFactories factories)
{
    private readonly Lock _making = new();
    private IPartWork? _parts;
    private IMemberWork? _members;

    /// <summary>Makes ready what the kind of table has.</summary>
    internal void Prepare(string kind, ReadOnlyMemory<byte> description, CancellationToken cancellation)
    {
        if (factories.HasParts(kind) || !factories.HasMembers(kind)) Parts(kind, description, cancellation);
        if (factories.HasMembers(kind)) Members(kind, description, cancellation);
    }

    internal IPartWork Parts(string kind, ReadOnlyMemory<byte> description, CancellationToken cancellation)
    {
        lock (_making) return _parts ??= factories.Parts(kind).Create(description, factories.Folders, cancellation);
    }

    internal IMemberWork Members(string kind, ReadOnlyMemory<byte> description, CancellationToken cancellation)
    {
        lock (_making) return _members ??= factories.Members(kind).Create(description, factories.Folders, cancellation);
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
