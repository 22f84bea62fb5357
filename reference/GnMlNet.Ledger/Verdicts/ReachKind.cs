namespace GnMlNet.Ledger.Verdicts;

/// <summary>What a reach counts.</summary>
public enum ReachKind
{
    /// <summary>Time t of a flow.</summary>
    Time,

    /// <summary>Steps k of an iteration.</summary>
    Step,
}
