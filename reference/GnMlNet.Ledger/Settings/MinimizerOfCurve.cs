using GnMlNet.Ledger.Curves;

namespace GnMlNet.Ledger.Settings;

/// <summary>That the proposed minimizer of a curve is the minimizer over the closed B, for every alpha: beside it the derivative has the right signs, elsewhere the objective is greater.</summary>
internal sealed class MinimizerOfCurve
{
    // Signs of the derivative are proved up to an eighth of the radius from the minimizer, or a part of it down to 2^-14.
    private const int FirstOrder = 3;
    private const int LastOrder = 14;

    private readonly CurveSetting _setting;

    internal MinimizerOfCurve(CurveSetting setting)
    {
        _setting = setting;
        // The greatest neighbourhood in which the signs are proved.
        for (int order = FirstOrder; order <= LastOrder; order++)
        {
            Real reach = setting.Radius.Greatest.Shift(-order);
            Claims = [.. Of(Real.Max(setting.Left, setting.Minimizer.Least - reach).Middle, Real.Min(setting.Right, setting.Minimizer.Greatest + reach).Middle)];
            if (Claims.All(claim => claim.Verdict == Verdict.Proved)) return;
        }
    }

    /// <summary>The claims; all of them have to be proved.</summary>
    internal IReadOnlyList<Claim> Claims { get; private set; } = [];

    private ScalarCurve Curve => _setting.Curve;

    // The least derivative beside a stationary point is that at the end of its enclosure; at an end of B it is that there.
    private Real Tolerance => _setting.IsInterior
        ? _setting.Margin.Shift(-2) * Curve.SlopeOfSlope(_setting.Minimizer.Middle, _setting.Alpha.Middle).Abs().Middle
        : Curve.Slope(_setting.Minimizer.Middle, _setting.Alpha.Middle).Abs().Middle.Shift(-4);

    private IEnumerable<Claim> Of(Real nearLeft, Real nearRight)
    {
        Real best = _setting.Minimizer, alpha = _setting.Alpha;
        Real Slope(Real w) => Curve.Slope(w, alpha);
        Real Change(Real w) => Curve.SlopeOfSlope(w, alpha);
        // Where the minimizer is an end of B there is one side only, and the derivative has its sign up to that end.
        bool isLeftEnd = !_setting.IsInterior && (Curve.Start - best).IsPositive, isRightEnd = !_setting.IsInterior && !isLeftEnd;
        (Real upTo, Real from) = (isRightEnd ? best.Greatest : best.Least, isLeftEnd ? best.Least : best.Greatest);
        if (!isLeftEnd)
            yield return Verdicts.Claims.Less("0 < minus the derivative of the objective next to w*, on its left", 0, -Extremum.Maximum(Slope, Change, nearLeft, upTo, Tolerance));
        if (!isRightEnd)
            yield return Verdicts.Claims.Less("0 < the derivative next to w*, on its right", 0, Extremum.Minimum(Slope, Change, from, nearRight, Tolerance));
        foreach ((Real low, Real high) in new[] { (_setting.Left, nearLeft), (nearRight, _setting.Right) })
        {
            if (!(high - low).IsPositive) continue;
            // Cut until the two bounds are closer than the least value there can be to the best one.
            Real ends = Real.Min(Curve.Objective(low, alpha), Curve.Objective(high, alpha)), gap = (ends - _setting.LeastObjective).Middle;
            Real tolerance = gap.IsPositive ? gap.Shift(-4) : _setting.Margin;
            yield return Verdicts.Claims.Less("the best value < the objective farther from w*: w* is the minimizer over B",
                _setting.LeastObjective, Extremum.Minimum(w => Curve.Objective(w, alpha), w => alpha * Curve.Slope(w, alpha), low, high, tolerance));
        }
    }
}
