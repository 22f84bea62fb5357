using System.Collections.Concurrent;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Reports;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

/// <summary>
/// The entries of the quick set, each decided once: here, or by <c>gnml audit</c> in the same build, whose ledger.json the environment variable GNMLNET_LEDGER names. Verdicts are derived from that
/// file's claims anew, and it must not contradict itself.
/// </summary>
internal static class Entries
{
    private static readonly ConcurrentDictionary<string, Lazy<Entry>> Decided = new();

    private static readonly Lazy<Dictionary<string, Entry>> Written = new(() =>
    {
        if (Environment.GetEnvironmentVariable("GNMLNET_LEDGER") is not { Length: > 0 } path) return [];
        var ledger = RecordedLedger.Read(File.ReadAllText(path));
        if (ledger.Scope != Scope.Quick || ledger.Contradictions.Count > 0) throw new InvalidOperationException($"{path} is not the ledger of the quick set, or contradicts itself: {string.Join("; ", ledger.Contradictions)}");
        return ledger.Entries.ToDictionary(entry => entry.Text.Label);
    });

    /// <summary>The entry of a statement.</summary>
    internal static Entry Of(string label) => Written.Value.TryGetValue(label, out Entry? written)
        ? written
        : Decided.GetOrAdd(label, _ => new Lazy<Entry>(() => Ledger.Statements.Single(statement => statement.Text.Label == label).Decide(Scope.Quick))).Value;

    /// <summary>The entries of all statements, decided on all processors.</summary>
    internal static Entry[] All()
    {
        Parallel.ForEach(Partitioner.Create(Ledger.Statements.Reverse(), EnumerablePartitionerOptions.NoBuffering), statement => Of(statement.Text.Label));
        return [.. Ledger.Statements.Select(statement => Of(statement.Text.Label))];
    }
}
