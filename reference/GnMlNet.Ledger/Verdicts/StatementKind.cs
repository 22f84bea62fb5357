namespace GnMlNet.Ledger.Verdicts;

/// <summary>What proved findings mean for a statement.</summary>
public enum StatementKind
{
    /// <summary>The findings decide the statement itself on their instances.</summary>
    Checkable,

    /// <summary>The findings prove that the hypotheses fail, for a reason that holds for every instance.</summary>
    WithoutInstance,

    /// <summary>The findings prove a consequence of the statement.</summary>
    ThroughConsequence,
}
