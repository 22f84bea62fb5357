namespace GnMlNet.Ledger.Verdicts;

/// <summary>What the ledger says of a statement.</summary>
public enum VerdictKind
{
    /// <summary>On some instance the enclosures did not suffice.</summary>
    Undecided,

    /// <summary>Its conclusions are proved on every instance that was tried, which never means that it is true.</summary>
    ProvedOnInstances,

    /// <summary>On an instance its hypotheses are proved and a conclusion is proved false.</summary>
    Refuted,

    /// <summary>No instance can meet its hypotheses.</summary>
    Vacuous,

    /// <summary>No finite computation decides it; a consequence was checked instead.</summary>
    NotDecidableByComputation,
}
