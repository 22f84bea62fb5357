namespace GnMlNet.Ledger.Verdicts;

/// <summary>What was found on one instance.</summary>
public enum FindingVerdict
{
    /// <summary>The enclosures did not suffice for a hypothesis or a conclusion, and nothing is known to fail.</summary>
    Undecided,

    /// <summary>A hypothesis is proved false: the statement says nothing of the instance.</summary>
    NotApplicable,

    /// <summary>All hypotheses and all conclusions are proved.</summary>
    Proved,

    /// <summary>All hypotheses are proved and a conclusion is proved false.</summary>
    Refuted,
}
