using Microsoft.AspNetCore.Connections;

namespace GnMlNet.Cluster.Connections;

/// <summary>Connections over which no greeting has come yet: so many at most, and for so long. Those that have waited longest give way, so that whoever does greet is heard.</summary>
internal sealed class Strangers
{
    private const int Most = 64;

    private readonly Lock _changing = new();
    private readonly LinkedList<ConnectionContext> _waiting = [];

    /// <summary>Takes a connection in; what is behind it in the pipeline says when it has greeted.</summary>
    internal void Receive(IConnectionBuilder connections) => connections.Use(next => async connection =>
    {
        LinkedListNode<ConnectionContext> own;
        ConnectionContext? oldest = null;
        lock (_changing)
        {
            own = _waiting.AddLast(connection);
            if (_waiting.Count > Most)
            {
                oldest = _waiting.First!.Value;
                _waiting.RemoveFirst();
            }
        }

        oldest?.Abort();
        connection.Features.Set(new Stranger(() => Forget(own)));
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Forget(own);
        }
    });

    private void Forget(LinkedListNode<ConnectionContext> node)
    {
        lock (_changing)
        {
            if (node.List is not null) _waiting.Remove(node);
        }
    }
}
