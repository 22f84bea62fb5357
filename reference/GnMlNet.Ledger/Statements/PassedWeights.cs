using GnMlNet.Ledger.Curves;
using GnMlNet.Ledger.Settings;

namespace GnMlNet.Ledger.Statements;

/// <summary>Why the flow of one weight passes a weight between w_init and the minimizer, below w_init.</summary>
internal static class PassedWeights
{
    /// <summary>That the flow runs down from w_init through all weights to this one, and is in B until then.</summary>
    internal static IEnumerable<Claim> Premises(CurveSetting setting, Real weight)
    {
        ScalarCurve curve = setting.Curve;
        Claim above = Claims.Less("w* < w", setting.Minimizer, weight), below = Claims.Less("w < w_init", weight, curve.Start);
        yield return above;
        yield return below;
        if (below.Verdict != Verdict.Proved) yield break;
        Real least = Extremum.Minimum(w => curve.Slope(w, setting.Alpha), w => curve.SlopeOfSlope(w, setting.Alpha), weight.Least, curve.Start.Greatest, ((Real)1).Shift(-40));
        yield return Claims.Less("0 < the derivative of g(αf) by the weight, divided by α, from w to w_init: the flow runs down through all of them", 0, least);
        yield return Claims.Less("|w - w_init| < 2rλ₀/L: it is in B until it passes w", (weight - curve.Start).Abs(), setting.Radius);
    }
}
