using GnMlNet.Ledger.Statements;

namespace GnMlNet.Ledger;

/// <summary>Every statement of the paper and its repaired forms, in the order of the paper.</summary>
public static class Ledger
{
    /// <summary>The statements.</summary>
    public static IReadOnlyList<Statement> Statements { get; } =
    [
        new Remark3(), new Equation19(), new Lemma7(), new Corollary1(), new Lemma8(), new Lemma9LowerBound(), new Lemma9GradientBound(), new Lemma9Smoothness(), new Theorem5(),
    ];
}
