using System.Diagnostics;

namespace GnMlNet.Ledger.Decisions;

/// <summary>A statement and how it is decided.</summary>
public abstract class Statement
{
    private protected Statement(StatementText text, StatementKind kind = StatementKind.Checkable) => (Text, Kind) = (text, kind);

    /// <summary>What it says.</summary>
    public StatementText Text { get; }

    /// <summary>What proved findings mean.</summary>
    public StatementKind Kind { get; }

    /// <summary>Decides it on its instances.</summary>
    /// <param name="scope">How many of them.</param>
    public Entry Decide(Scope scope)
    {
        var watch = Stopwatch.StartNew();
        Finding[] findings = [.. Examine(scope)];
        return new Entry(Text, LedgerVerdict.From(Kind, findings), findings, watch.Elapsed);
    }

    /// <summary>What is found on each instance.</summary>
    private protected abstract IEnumerable<Finding> Examine(Scope scope);
}
