using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Statements;

namespace GnMlNet.Ledger;

/// <summary>Every statement of the paper and its repaired forms, in the order of the paper.</summary>
public static class Ledger
{
    /// <summary>The statements.</summary>
    public static IReadOnlyList<Statement> Statements { get; } =
    [
        new Remark1(), new ExpectedKernel(), new Assumption1(), new KernelOnBall(), new Lemma1Kernel(), new Lemma1Dissipation(), new Lemma1Decay(), new Equation9(),
        new Inequality10(), new Lemma2(), new Lemma2Invariance(), new Theorem1(), new Theorem1WithKernelDamping(), new Theorem1WithFactor(), new Theorem1WhereItHolds(), new Remark2(), new Remark2Limit(), new Remark2LimitInBall(),
        new Theorem2Printed(), new Theorem2OutOfReach(), new Theorem2Steps(), new Theorem2StepsOfProof(), new Theorem2OutputModulus(), new Theorem2Limit(),
        new Inequality28(), new LinearizationError(), new Inequality29(), new Inequality30(), new Inequality31(), new Inequality32(), new StepsStayInBall(),
        new Assumption2(), new Lemma3(), new Lemma4(), new Projection(), new Theorem3(), new Footnote1(), new Lemma5(), new Remark3(), new Lemma6(), new Theorem4(),
        new Equation19(), new Lemma7(), new Corollary1(), new Lemma8(), new Assumption3(), new Lemma9(), new Lemma9LowerBound(), new Lemma9GradientBound(), new Lemma9Smoothness(),
        new Theorem5(), new Equation23(), new Remark4(), new Inequality24(), new Inequality26(), new Inequality27(),
        new Remark5(), new Remark6(), new Remark6GradientDescent(), new Remark6Regularization(),
        new Section5Assumptions(), new Section5ExitTime(), new Section5NoExit(), new Section5Minimum(), new Section5BestLoss(), new Section5Descent(), new Section5Confinement(), new Section5Gradient(),
        new Section5LeastEigenvalue(), new Section5Comparison(), new Section5Speed(),
        new Repaired1(), new Repaired1Sharpness(), new Repaired1WithFixedHiddenWeights(), new Repaired2(), new Repaired3(), new Repaired5(), new Repaired5Damped(), new Repaired6(),
    ];
}
