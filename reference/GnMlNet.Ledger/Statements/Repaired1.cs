using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Statements;

/// <summary>The damped flow with p at least n.</summary>
internal sealed class Repaired1() : Statement(new StatementText(
    "1R",
    "",
    "The damped flow stays near w_init, its kernel stays positive definite, and the gap decays at an explicit rate, for every damping.",
    ["Assumption 1", "ρ in (0, 1]", "α > (L/(2λ₀²)) sqrt(2Δ₀/ν)"],
    "|w_t - w_0| ≤ (2λ₀/L)(1 - sqrt(1 - LD/(2λ₀²))), K_t ≥ λ₁² and Δ_t ≤ Δ₀ exp(-2ν s(λ₁²) t) with D = sqrt(2Δ₀/ν)/α and λ₁² = 4λ₀² - 2LD",
    "The flow itself is enclosed: a polynomial path, its defect, and the logarithmic norm. For all t in [0, T]: dΔ/dt ≤ -2ν s(λ₁²) Δ, whose integral is the decay.",
    VerdictKind.ProvedOnInstances,
    "1r-the-flow-with-p--n"))
{
    private protected override IEnumerable<Finding> Examine(Scope scope)
    {
        foreach ((int index, Recipe recipe) in Recipes.Overparameterized.Index()) yield return Examine(recipe.Name, index, scope);

        yield return Examine("Q", 0, scope);
        yield return Examine("G", 0, scope);
    }

    // Dampings below, at and above lambda_0^2, and plain gradient flow; scaling factors close to the threshold, above 2/3, and twice the least one.
    private static Finding Examine(string name, int index, Scope scope)
    {
        var constants = new Constants(InstanceData.Named(name).At(FlowSetting.Bits));
        Real rho = Dampings.At(index, constants, leastShift: -4);
        Real multiple = (index % 3) switch { 0 => ((Real)9).Shift(-4), 1 => ((Real)11).Shift(-4), _ => 1 };
        Real alpha = ScalingFactor.Above(multiple * constants.Unit);
        return Decide(name, constants, alpha, rho, FlowSetting.End(scope));
    }

    private static Finding Decide(string name, Constants constants, Real alpha, Real rho, Real end)
    {
        Problem problem = constants.Problem;
        Real distance = (2 * problem.InitialLoss / constants.Nu).Sqrt() / alpha, square = constants.Lambda0.Square();
        Real rest = (4 * square) - (2 * constants.Modulus * distance);
        Real displacement = 2 * constants.Lambda0 / constants.Modulus * (1 - (1 - (constants.Modulus * distance / (2 * square))).Sqrt());
        Real rate = 2 * constants.Nu * Constants.Rate(rest, rho);
        IReadOnlyList<FlowPiece> pieces = new FlowEnclosure(constants, alpha, rho).Until(end);
        Claim[] hypotheses =
        [
            .. SharedHypotheses.OfDampedRepairs(constants, rho),
            Claims.Less("(L/(2λ₀²)) sqrt(2Δ₀/ν) < α", constants.Unit.Shift(-1), alpha),
        ];
        if (pieces.Count == 0) return new Finding($"{name}, α = {alpha}, ρ = {rho}: the flow is not enclosed", FlowSetting.Bits, hypotheses, []);
        return new Finding(
            $"{name}, α = {alpha}, ρ = {rho}, all t in [0, {pieces[^1].Finish}] in {pieces.Count} pieces",
            FlowSetting.Bits,
            hypotheses,
            [
                Claim.All(pieces.SelectMany(piece => piece.Parts(FlowSetting.Parts).Select(part => Claims.LessOrEqual(
                    "|w_t - w_0| ≤ (2λ₀/L)(1 - sqrt(1 - LD/(2λ₀²)))", Vectors.Norm(piece.Displacement(part, problem.InitialWeights)) + piece.Error, displacement)))),
                Claim.All(pieces.Select(piece => Claims.LessOrEqual("λ₁² ≤ λ_min(K_t)", rest, piece.LeastSingularValue.Square()))),
                Claim.All(pieces.SelectMany(piece => FlowDecay.Claims(piece, rate, 0, FlowSetting.Parts))),
            ]);
    }
}
