using System.Security.Cryptography;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Training;

/// <summary>The parts of tables that this process makes itself: a table that is opened again, now that its layout is known, goes on with the parts that are there.</summary>
internal sealed class PartStores
{
    private readonly Dictionary<string, Entry> _stores = [];

    /// <summary>The parts of a table, made by somebody if nobody has them.</summary>
    /// <param name="description">The table, whatever its layout.</param>
    /// <param name="make">Makes an empty store.</param>
    /// <returns>The store, and what gives it back.</returns>
    internal (PartStore Store, Action Release) Take(PartDescription description, Func<PartStore> make)
    {
        string key = Convert.ToHexString(SHA256.HashData((description with { Layout = null }).ToBytes()));
        lock (_stores)
        {
            if (!_stores.TryGetValue(key, out Entry? entry)) _stores[key] = entry = new Entry(make());
            entry.Users++;
            return (entry.Store, () => Release(key));
        }
    }

    private void Release(string key)
    {
        PartStore? last = null;
        lock (_stores)
        {
            if (_stores.TryGetValue(key, out Entry? entry) && --entry.Users == 0)
            {
                _stores.Remove(key);
                last = entry.Store;
            }
        }

        last?.Dispose();
    }

    private sealed class Entry(PartStore store)
    {
        internal PartStore Store => store;

        internal int Users { get; set; }
    }
}
