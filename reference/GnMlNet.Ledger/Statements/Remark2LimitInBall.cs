using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Statements;

/// <summary>Less and less damping, within the ball r_0.</summary>
internal sealed class Remark2LimitInBall() : SettingStatement<OverparameterizedSetting>(new StatementText(
    "Remark 2, ρ → 0 within the ball r₀",
    "As long as the flow is in the ball r₀ the rate at which the gap decays tends to at least 2ν for ρ → 0, whatever λ₀ is.",
    ["Assumption 1", "|w - w_init| < r₀"],
    "2ν(1 - ρ/λ₀²)Δ ≤ -dΔ/dt = |∇g|²_M, and 2ν(1 - ρ/λ₀²) ≤ 2ν s(λ₀²) ≤ 2ν + 4ρν",
    "Both sides in closed form, at seeded points and points of trajectories, for ρ = 2⁻²⁰λ₀², 2⁻⁴⁰λ₀² and 2⁻⁶⁰λ₀². How small ρ has to be does depend on λ₀. That the flow stays in the ball is another matter: by 1R with a scaling factor that does not depend on ρ.",
    VerdictKind.ProvedOnInstances,
    Number: "(2), (11)",
    RepairedBy: "1R"))
{
    private static readonly int[] Orders = [20, 40, 60];

    private protected override Finding Examine(OverparameterizedSetting setting)
    {
        Constants constants = setting.Constants;
        return setting.AtEveryPoint([.. Orders.SelectMany(orders =>
        {
            Real ratio = ((Real)1).Shift(-orders), rho = (ratio * constants.Lambda0.Square()).Middle, limit = 2 * constants.Nu;
            return new Func<Trajectories.Iterate, Claim>[]
            {
                point =>
                {
                    Real[]? direction = point.Linearization.Direction(rho, point.Gradient);
                    Real dissipation = direction is null ? Real.Indeterminate : RealVectors.Dot(point.Gradient, point.Linearization.Jacobian.Times(direction));
                    return Claims.LessOrEqual($"2ν(1 - 2^-{orders})Δ ≤ |∇g|²_M with ρ = 2^-{orders} λ₀²", limit * (1 - ratio) * point.Objective, dissipation);
                },
                _ => Claims.LessOrEqual($"2ν(1 - 2^-{orders}) ≤ 2ν s(λ₀²)", limit * (1 - ratio), constants.PrintedRate(rho)),
                _ => Claims.LessOrEqual("2ν s(λ₀²) ≤ 2ν + 4ρν", constants.PrintedRate(rho), limit + (2 * limit * rho)),
            };
        })]);
    }
}
