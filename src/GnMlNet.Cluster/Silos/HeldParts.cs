using System.Collections.Concurrent;

namespace GnMlNet.Cluster.Silos;

/// <summary>How many parts of which tables a silo was asked for last.</summary>
internal sealed class HeldParts
{
    private readonly ConcurrentDictionary<string, int> _tables = new();

    internal int Count => _tables.Values.Sum();

    internal void Set(string table, int parts) => _tables[table] = parts;

    internal void Remove(string table) => _tables.TryRemove(table, out _);
}
