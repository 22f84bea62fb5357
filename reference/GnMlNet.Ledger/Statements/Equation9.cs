using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Statements;

/// <summary>The speed of the weights in closed form.</summary>
internal sealed class Equation9() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "(9)",
    "(1-ρ)² J H_ρ⁻² Jᵀ is a rational function of K.",
    ["ρ in (0, 1)"],
    "both forms differ by at most 2⁻⁶⁰ in norm",
    "Two independent ways: a system with H_ρ, p x p, solved, or for large p a solution proposed and its residual enclosed; and the closed form in K, n x n.",
    VerdictKind.ProvedOnInstances))
{
    private protected override Finding Examine(OverparameterizedSetting setting) => setting.AtEveryPoint(point =>
        Claims.LessOrEqual("|(1-ρ)² J H_ρ⁻² Jᵀ - its closed form| ≤ 2⁻⁶⁰", (Primal(setting, point) - Closed(setting, point)).FrobeniusNorm(), ((Real)1).Shift(-60)));

    private static RealMatrix Primal(OverparameterizedSetting setting, Iterate point)
    {
        RealMatrix solution = PreconditionedJacobian.Of(point.Linearization, setting.Rho).Transpose();
        return (1 - setting.Rho).Square() * solution.RowGram();
    }

    // K/r^2 - 2 K Y K/r^3 + K Y K Y K/r^4 with r = rho/(1-rho) and Y = (I + K/r)^-1.
    private static RealMatrix Closed(OverparameterizedSetting setting, Iterate point)
    {
        Real ratio = (1 - setting.Rho) / setting.Rho;
        RealMatrix kernel = point.Linearization.Kernel, inverse = SymmetricFactor.TryFactor(kernel.Blend(ratio, 1), 0)!.Inverse();
        RealMatrix once = kernel * (inverse * kernel), twice = once * (inverse * kernel);
        return (ratio.Pow(2) * kernel) - (2 * ratio.Pow(3) * once) + (ratio.Pow(4) * twice);
    }
}
