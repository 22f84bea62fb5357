using System.Collections.Concurrent;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Instances;

namespace GnMlNet.Ledger.Settings;

/// <summary>The settings of a kind, each made once for all statements.</summary>
/// <typeparam name="TSetting">The kind.</typeparam>
internal static class SettingsOfInstance<TSetting>
    where TSetting : Setting, ISettings<TSetting>
{
    private static readonly ConcurrentDictionary<(string Name, Scope Scope), Lazy<IReadOnlyList<TSetting>>> Known = new();

    internal static IReadOnlyList<TSetting> All(InstanceData instance, Scope scope) =>
        Known.GetOrAdd((instance.Name, scope), _ => new Lazy<IReadOnlyList<TSetting>>(() => [.. TSetting.Of(instance, scope)])).Value;

    /// <summary>Those of the whole collection, where it meets what they ask and need.</summary>
    internal static IEnumerable<TSetting> OfCollection(Scope scope) => Collection.All
        .Where(instance => TSetting.Asks(instance).Concat(TSetting.Needs(instance)).All(claim => claim.Verdict == Verdict.Proved))
        .SelectMany(instance => All(instance, scope));
}
