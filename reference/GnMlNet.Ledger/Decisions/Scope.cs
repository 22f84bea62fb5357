namespace GnMlNet.Ledger.Decisions;

/// <summary>How much is decided.</summary>
public enum Scope
{
    /// <summary>Enough for every verdict.</summary>
    Quick,

    /// <summary>All instances, and long trajectories.</summary>
    Full,
}
