using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The projection onto the tangent space.</summary>
internal sealed class Projection() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Section 4, P is a projection of rank p",
    "P is symmetric and idempotent with rank p.",
    ["Assumption 2", "w in B"],
    "|P - Pᵀ|, |PPᵀ - P| and |trace P - p| ≤ 2⁻⁶⁰",
    "P written out as a matrix at seeded points and points of trajectories.",
    VerdictKind.ProvedOnInstances,
    ExpectedUndecided: 1))
{
    private protected override IEnumerable<Claim> Needs(InstanceData instance) => [.. base.Needs(instance), PointSetting.HasFewRows(instance)];

    private protected override Finding Examine(UnderparameterizedSetting setting) => setting.AtEveryPoint(
        point => Claims.LessOrEqual("|P - Pᵀ| ≤ 2⁻⁶⁰", (P(point) - P(point).Transpose()).FrobeniusNorm(), ((Real)1).Shift(-60)),
        point => Claims.LessOrEqual("|PPᵀ - P| ≤ 2⁻⁶⁰", (P(point).RowGram() - P(point)).FrobeniusNorm(), ((Real)1).Shift(-60)),
        point => Claims.LessOrEqual("|trace P - p| ≤ 2⁻⁶⁰", (Trace(P(point)) - setting.Problem.Network.Parameters).Abs(), ((Real)1).Shift(-60)));

    private static RealMatrix P(Iterate point) => point.Linearization.Projection;

    private static Real Trace(RealMatrix matrix)
    {
        Real sum = 0;
        for (int i = 0; i < matrix.Rows; i++) sum += matrix[i, i];
        return sum;
    }
}
