using GnMlNet.Ledger.Networks;
using GnMlNet.Ledger.Numbers;
using GnMlNet.Ledger.Verdicts;

namespace GnMlNet.Ledger.Flows;

/// <summary>What is found along an enclosed flow with p at least n.</summary>
/// <param name="name">The instance.</param>
/// <param name="constants">Its constants.</param>
/// <param name="alpha">alpha.</param>
/// <param name="rho">rho.</param>
/// <param name="end">T.</param>
internal sealed class FlowFinding(string name, Constants constants, Real alpha, Real rho, Real end)
{
    /// <summary>That the gap decays at a rate and the flow stays in the ball r_0.</summary>
    internal Finding Decay(IReadOnlyList<Claim> hypotheses, Real rate)
    {
        Problem problem = constants.Problem;
        IReadOnlyList<FlowPiece> pieces = new FlowEnclosure(constants, alpha, rho).Until(end);
        if (pieces.Count == 0) return new Finding($"{name}, α = {alpha}, ρ = {rho}: the flow is not enclosed", problem.Bits, hypotheses, []);
        return new Finding(
            $"{name}, α = {alpha}, ρ = {rho}, all t in [0, {pieces[^1].Finish}] in {pieces.Count} pieces",
            problem.Bits,
            hypotheses,
            [
                Claim.All(pieces.SelectMany(piece => piece.Parts(FlowSetting.Parts).Select(part => Claims.Less(
                    "|w_t - w_0| < r₀", Vectors.Norm(piece.Displacement(part, problem.InitialWeights)) + piece.Error, constants.Radius)))),
                Claim.All(pieces.SelectMany(piece => FlowDecay.Claims(piece, rate, 0, FlowSetting.Parts))),
            ]);
    }
}
