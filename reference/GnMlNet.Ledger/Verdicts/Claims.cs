namespace GnMlNet.Ledger.Verdicts;

/// <summary>Claims about enclosed numbers.</summary>
internal static class Claims
{
    internal static Claim Less(string text, Real left, Real right) => new(text, left.Ball, Relation.Less, right.Ball);

    internal static Claim LessOrEqual(string text, Real left, Real right) => new(text, left.Ball, Relation.LessOrEqual, right.Ball);
}
