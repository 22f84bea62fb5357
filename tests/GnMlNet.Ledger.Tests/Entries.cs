using System.Collections.Concurrent;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

/// <summary>The entries of the quick set, each decided once.</summary>
internal static class Entries
{
    private static readonly ConcurrentDictionary<string, Lazy<Entry>> Decided = new();

    /// <summary>The entry of a statement.</summary>
    internal static Entry Of(string label) =>
        Decided.GetOrAdd(label, _ => new Lazy<Entry>(() => Ledger.Statements.Single(statement => statement.Text.Label == label).Decide(Scope.Quick))).Value;

    /// <summary>The entries of all statements, decided on all processors.</summary>
    internal static Entry[] All()
    {
        Parallel.ForEach(Partitioner.Create(Ledger.Statements.Reverse(), EnumerablePartitionerOptions.NoBuffering), statement => Of(statement.Text.Label));
        return [.. Ledger.Statements.Select(statement => Of(statement.Text.Label))];
    }
}
