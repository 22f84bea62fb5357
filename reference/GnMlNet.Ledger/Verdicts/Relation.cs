namespace GnMlNet.Ledger.Verdicts;

/// <summary>How the two sides of a claim are compared.</summary>
public enum Relation
{
    /// <summary>The left side is below the right side.</summary>
    Less,

    /// <summary>The left side is at most the right side.</summary>
    LessOrEqual,
}
