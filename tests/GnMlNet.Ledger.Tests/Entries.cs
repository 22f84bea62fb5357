using System.Collections.Concurrent;
using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Tests;

/// <summary>The entries of the quick set, each decided once.</summary>
internal static class Entries
{
    private static readonly ConcurrentDictionary<string, Lazy<Entry>> Decided = new();

    internal static Entry Of(string label) =>
        Decided.GetOrAdd(label, _ => new Lazy<Entry>(() => Ledger.Statements.Single(statement => statement.Text.Label == label).Decide(Scope.Quick))).Value;
}
