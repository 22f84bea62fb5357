using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>The undamped flow of the outputs.</summary>
internal sealed class Lemma4() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Lemma 4",
    "Without damping the outputs move by -P∇g, and the loss falls at the rate |P∇g|².",
    ["Assumption 2", "w in B"],
    "αJw_t' = -P∇g and dg/dt = -|P∇g|², both up to 2⁻⁶⁰ of |∇g|",
    "Two independent ways: w_t' by solving the p x p system; P written out as a matrix.",
    VerdictKind.ProvedOnInstances,
    Number: "(15), (GF-Ou), (EDI-u)",
    ExpectedUndecided: 1))
{
    private protected override IEnumerable<Claim> Needs(InstanceData instance) => [.. base.Needs(instance), PointSetting.HasFewRows(instance)];

    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(
        point => Claims.LessOrEqual(
            "|J (JᵀJ)⁻¹ Jᵀ∇g by solving - P∇g| ≤ 2⁻⁶⁰ |∇g|",
            RealVectors.Norm(RealVectors.Subtract(point.Linearization.Jacobian.Times(point.Direction), point.Linearization.Projection.Times(point.Gradient))),
            RealVectors.Norm(point.Gradient).Shift(-60)),
        point => Claims.LessOrEqual(
            "|∇g · J (JᵀJ)⁻¹ Jᵀ∇g - |P∇g|²| ≤ 2⁻⁶⁰ |∇g|²",
            (point.SquaredGradient - RealVectors.SquaredNorm(point.Linearization.Projection.Times(point.Gradient))).Abs(),
            RealVectors.SquaredNorm(point.Gradient).Shift(-60)));
}
