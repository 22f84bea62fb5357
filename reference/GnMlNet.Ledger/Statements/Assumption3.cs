using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>A minimizer in B.</summary>
internal sealed class Assumption3() : SettingStatement<UnderparameterizedSetting>(new StatementText(
    "Assumption 3",
    "The objective has a minimizer over B, in B.",
    ["Assumption 2"],
    "some w* in B has g(αf(w*)) ≤ g(αf(w)) for every w in B",
    "At a point w with a small tangential gradient g(αf(w')) ≥ g - |P∇g|e + (1/2)(ν - κ|(I-P)∇g|)e² for every w' in B, e = |αf(w') - αf(w)| ≥ 2αλ₀(1-r)|w' - w| (3R): all w' beyond a small distance are worse than w, so the least value on that small closed ball is the least over B. It is a conclusion of 5R.",
    VerdictKind.ProvedOnInstances,
    Anchor: "5r-the-undamped-flow-with-p--n",
    RepairedBy: "5R",
    ExpectedUndecided: 1))
{
    private const int MostParameters = 64;
    private const int Steps = 25;
    private const int PointBits = 200;

    private protected override Finding Examine(UnderparameterizedSetting setting)
    {
        Claim isSmall = Claims.LessOrEqual($"p ≤ {MostParameters}: many steps are taken", setting.Problem.Network.Parameters, MostParameters);
        if (isSmall.Verdict != Verdict.Proved) return setting.Find() with { Premises = [isSmall] };
        Iterate point = setting.Theory.Polished(setting.Points[^1].Weights, Steps, PointBits);
        Real tangential = point.SquaredGradient.Abs().Sqrt(), normal = (RealVectors.SquaredNorm(point.Gradient) - point.SquaredGradient).Abs().Sqrt();
        Real convexity = setting.Constants.Nu - (setting.Theory.Kappa * normal);
        // Beyond e = 2|P grad g|/convexity the value is greater than at w.
        Real distance = tangential / (convexity * setting.Alpha * setting.Constants.Lambda0 * (1 - setting.Theory.R));
        Claim isInside = Claims.Less("|w - w_init| + the distance beyond which all of B is worse than w < 2rλ₀/L", setting.Problem.Displacement(point.Weights) + distance, setting.Theory.Radius);
        // Both are sufficient: where one fails the assumption may hold all the same.
        return setting.Find(isInside) with { Premises = [.. setting.Premises, Claims.Less("0 < ν - κ|(I-P)∇g|", 0, convexity), isInside] };
    }
}
