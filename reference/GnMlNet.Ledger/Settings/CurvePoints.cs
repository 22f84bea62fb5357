namespace GnMlNet.Ledger.Settings;

/// <summary>What statements about the flow of one weight need beside its setting: points that it passes, from w_init towards its destination.</summary>
internal static class CurvePoints
{
    private const int LastOrder = 12;
    private const int Stride = 2;

    /// <summary>That the minimizer over B is in its interior: Assumption 3.</summary>
    internal static Claim Assumption3(CurveSetting setting) => setting.IsInterior
        ? Claims.Less("|w* - w_init| < 2rλ₀/L: the minimizer over the closed B is in its interior (Assumption 3)", (setting.Minimizer - setting.Curve.Start).Abs(), setting.Radius)
        // What the premises prove then: the minimizer is the end itself.
        : Claims.Less("0 < the distance of the minimizer over the closed B from its border (Assumption 3)", 0, 0);

    /// <summary>w_init, and exact weights that the flow passes: of its way to its destination a quarter is left, a sixteenth, and so on.</summary>
    internal static IEnumerable<Real> Passed(CurveSetting setting) =>
        Enumerable.Range(1, LastOrder / Stride).Select(k => setting.Flow.Passed(Stride * k)).Prepend(setting.Curve.Start);

    /// <summary>What is found of claims at the points that the flow passes.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="conclusion">A claim about a point and the time at which the flow passes it.</param>
    /// <param name="pieces">Into how many pieces the integral of that time is cut.</param>
    internal static Finding Along(CurveSetting setting, Func<Real, Real, Claim> conclusion, int pieces = 500)
    {
        Claim assumption = Assumption3(setting);
        Claim[] premises = [.. setting.Premises, .. setting.Flow.Premises];
        bool applies = assumption.Verdict == Verdict.Proved && premises.All(claim => claim.Verdict == Verdict.Proved);
        (Real Weight, Real Time)[] points = applies ? [.. Passed(setting).Select((w, k) => (w, k == 0 ? 0 : setting.Flow.TimeTo(w, pieces)))] : [];
        return setting.FindUnder([assumption], applies ? [Claim.All(points.Select(point => conclusion(point.Weight, point.Time)))] : []) with
        {
            Premises = premises,
            Reach = applies && points[^1].Time.Ball.IsFinite ? Reach.UpToTime(points[^1].Time) : null,
        };
    }
}
