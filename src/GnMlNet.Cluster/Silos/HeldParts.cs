using System.Collections.Concurrent;

namespace GnMlNet.Cluster.Silos;

/// <summary>How many parts of which tables a silo was asked for last, and how many rows they have.</summary>
internal sealed class HeldParts
{
    private readonly ConcurrentDictionary<string, (int Parts, long Rows)> _tables = new();

    internal int Count => _tables.Values.Sum(held => held.Parts);

    internal long Rows => _tables.Values.Sum(held => held.Rows);

    internal void Set(string table, int parts, long rows) => _tables[table] = (parts, rows);

    internal void Remove(string table) => _tables.TryRemove(table, out _);
}
