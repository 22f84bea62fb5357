using GnMlNet.Ledger.Statements;

namespace GnMlNet.Ledger;

/// <summary>Every statement of the paper and its repaired forms, in the order of the paper.</summary>
public static class Ledger
{
    /// <summary>The statements.</summary>
    public static IReadOnlyList<Statement> Statements { get; } =
    [
        new Inequality10(), new Lemma2(), new Theorem1(), new Theorem1WithKernelDamping(), new Theorem2Printed(), new Theorem2OutOfReach(),
        new Remark3(), new Equation19(), new Lemma7(), new Corollary1(), new Lemma8(), new Lemma9LowerBound(), new Lemma9GradientBound(), new Lemma9Smoothness(), new Theorem5(),
        new Repaired2(), new Repaired3(), new Repaired6(),
    ];
}
