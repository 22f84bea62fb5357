using GnMlNet.Ledger.Problems;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>That the manifold of outputs is an open set.</summary>
internal sealed class Footnote1() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Footnote 1",
    "αf(B) is an open subset of Rⁿ.",
    ["p < n", "Assumption 2", "r in (0, 1)"],
    "points εu with a unit vector u orthogonal to the image of J(w_init) belong to αf(B) for all small ε > 0",
    "0 = αf(w_init) belongs to it. Let εu = αf(w), w in B at the distance δ from w_init. By 3R ε/α ≥ (2 - r)λ₀δ, and u·J(w_init) = 0 leaves ε/α ≤ (L/2)δ². Together 1 ≤ Lε/(2α(2-r)²λ₀²), a right side that grows with ε: where it fails for one ε no smaller one is attained either. Such a u exists because p < n.",
    VerdictKind.Refuted,
    RepairedBy: "3R"))
{
    private protected override Finding Examine(UnderparameterizedSetting setting)
    {
        Network network = setting.Problem.Network;
        Real square = setting.Constants.Lambda0.Square(), epsilon = (setting.Alpha * square / setting.Constants.Modulus).Least;
        return setting.FindUnder(
            [Claims.Less("p < n", network.Parameters, network.Rows), Claims.Less("0 < ε = αλ₀²/L", 0, epsilon)],
            Claims.LessOrEqual("1 ≤ Lε/(2α(2-r)²λ₀²)", 1, setting.Constants.Modulus * epsilon / (2 * setting.Alpha * (2 - setting.Theory.R).Square() * square)));
    }
}
