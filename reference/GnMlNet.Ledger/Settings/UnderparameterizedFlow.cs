using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Instances;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Settings;

/// <summary>A flow with p at most n and any damping, r = 1/2 and a scaling factor close to the threshold of 5R, and a point next to the minimizer over B.</summary>
internal sealed class UnderparameterizedFlow
{
    private const int PolishingSteps = 80;

    // Where a gap is small against the loss that is left, the flow has to be known as much better.
    private const int MoreTubeOrders = 60;
    private const int GreatestTubeOrders = 90;

    private readonly UndampedRepairs _theory;
    private readonly FlowSetting _flow;
    private readonly Real _rho;

    /// <param name="instance">The instance.</param>
    /// <param name="damping">The damping, chosen by the constants; in [0, 1].</param>
    /// <param name="scope">Decides how long.</param>
    /// <param name="tubeOrders">How thin the tube is: <see cref="FlowEnclosure"/>.</param>
    internal UnderparameterizedFlow(InstanceData instance, Func<Constants, Real> damping, Scope scope, int tubeOrders = FlowEnclosure.LeastTubeOrders)
    {
        _theory = UndampedRepairs.WithSufficientAlphaFor5R(FlowSetting.ConstantsOf(instance));
        _rho = damping(_theory.Constants);
        Claim threshold = Claims.Less("L sqrt(2g(0)/ν̂)/(2r(2-r)λ₀²) < α", _theory.ThresholdOf5R, _theory.Alpha);
        Claim[] dampings = _rho.Ball.Sign == 0 ? [] : [Claims.Less("0 < ρ", 0, _rho), Claims.LessOrEqual("ρ ≤ 1", _rho, 1)];
        _flow = new FlowSetting(instance, _theory.Constants, _theory.Alpha, _rho, _rho.Ball.Sign == 0 ? "r = 1/2" : $"ρ = {_rho}, r = 1/2", scope, [.. _theory.Hypotheses(), threshold, .. dampings], tubeOrders);
    }

    /// <summary>What is found, with a tube that gets thinner while it is undecided.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="damping">The damping, chosen by the constants; in [0, 1].</param>
    /// <param name="scope">Decides how long.</param>
    internal static Finding Decide(InstanceData instance, Func<Constants, Real> damping, Scope scope)
    {
        Finding finding = new UnderparameterizedFlow(instance, damping, scope).Find();
        for (int orders = FlowEnclosure.LeastTubeOrders + MoreTubeOrders; finding.Verdict == FindingVerdict.Undecided && orders <= GreatestTubeOrders; orders += MoreTubeOrders)
            finding = new UnderparameterizedFlow(instance, damping, scope, orders).Find();
        return finding;
    }

    /// <summary>The constants of 5R there.</summary>
    internal UndampedRepairs Theory => _theory;

    /// <summary>The damping.</summary>
    internal Real Rho => _rho;

    /// <summary>The rate at which the gap to the best value over B decays in the mean, from the beginning to the end of what is enclosed.</summary>
    internal Real MeanRate
    {
        get
        {
            FlowPiece last = _flow.Pieces[^1];
            Real best = _theory.BestValue(Best()), gap = last.Field.Objective.At(last.Step).Widen(last.ObjectiveError) - best;
            return ((_flow.Problem.InitialLoss - best) / gap).Log() / last.Finish;
        }
    }

    /// <summary>That the flow stays in B, the gap to the best value over B decays at the rate of 5R, and the flow is as near to the minimizer as that says.</summary>
    internal Finding Find()
    {
        if (_flow.Pieces.Count == 0) return _flow.FindAlong(() => []);
        Iterate best = Best();
        Real value = _theory.BestValue(best), distance = _theory.DistanceFromBest(best);
        Finding finding = _flow.FindAlong(() =>
        [
            Claim.All(_flow.Displacements().Select(size => Claims.Less("|w_t - w_0| < 2rλ₀/L", size, _theory.Radius))),
            _flow.Decays(_theory.Rate(_rho), value.Least),
            .. Approaches(best, distance, _flow.Problem.InitialLoss - value.Greatest),
        ]);
        return finding with
        {
            Premises =
            [
                .. finding.Premises,
                Claims.Less("|w - w_init| + the distance beyond which all of B is worse than w < 2rλ₀/L", _flow.Problem.Displacement(best.Weights) + _theory.WeightDistance(distance), _theory.Radius),
            ],
        };
    }

    // A point next to the minimizer over B.
    private Iterate Best() => _theory.Polished(_flow.Pieces[^1].End, PolishingSteps, _flow.Bits);

    // The minimizer w* is within a distance of the point, and its outputs are; both are compared at the end of every piece.
    private IEnumerable<Claim> Approaches(Iterate best, Real distance, Real initialGap)
    {
        Real Bound(FlowPiece piece) => (_theory.OutputDistance(initialGap) * (-(_theory.Rate(_rho) * piece.Finish).Shift(-1)).Exp()).Least;
        yield return Claim.All(_flow.Pieces.Select(piece => Claims.LessOrEqual(
            "|αf(w_t) - αf(w*)| ≤ sqrt(2Δ₀/ν̂) exp(-ct/2), c the rate", RealVectors.Norm(piece.OutputDistance(piece.Step, best.Outputs)) + distance, Bound(piece))));
        yield return Claim.All(_flow.Pieces.Select(piece => Claims.LessOrEqual(
            "|w_t - w*| ≤ sqrt(2Δ₀/ν̂) exp(-ct/2)/(2αλ₀(1-r))", RealVectors.Norm(piece.Displacement(piece.Step, best.Weights)) + piece.Error + _theory.WeightDistance(distance), _theory.WeightDistance(Bound(piece)))));
    }
}
