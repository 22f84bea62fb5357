namespace GnMlNet.Ledger.Decisions;

/// <summary>How much is decided.</summary>
public enum Scope
{
    /// <summary>Flows and trajectories as long as the verdicts need.</summary>
    Quick,

    /// <summary>Longer flows and trajectories, on the same instances.</summary>
    Full,
}
