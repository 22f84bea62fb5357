namespace GnMlNet.Ledger.Settings;

/// <summary>What statements about the flow of one weight find at the points that it passes.</summary>
internal static class CurvePoints
{
    /// <summary>That the minimizer over B is in its interior: Assumption 3.</summary>
    internal static Claim Assumption3(CurveSetting setting) => setting.IsInterior
        ? Claims.Less("|w* - w_init| < 2rλ₀/L: the minimizer over the closed B is in its interior (Assumption 3)", (setting.Minimizer - setting.Curve.Start).Abs(), setting.Radius)
        // What the premises prove then: the minimizer is the end itself.
        : Claims.Less("0 < the distance of the minimizer over the closed B from its border (Assumption 3)", 0, setting.Premises.All(claim => claim.Verdict == Verdict.Proved) ? 0 : Real.Indeterminate);

    /// <summary>What is found of claims at the points that the flow passes.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="conclusions">Claims about a point.</param>
    internal static Finding Along(CurveSetting setting, params Func<PointOfCurveFlow, Claim>[] conclusions)
    {
        Claim assumption = Assumption3(setting);
        Claim[] premises = [.. setting.Premises, .. setting.Flow.Premises];
        bool applies = assumption.Verdict == Verdict.Proved && premises.All(claim => claim.Verdict == Verdict.Proved);
        return setting.FindUnder([assumption], applies ? [.. conclusions.Select(conclusion => Claim.All(setting.Flow.Way.Select(conclusion)))] : []) with
        {
            Premises = premises,
            Reach = applies && setting.Flow.Way[^1].Time.Ball.IsFinite ? Reach.UpToTime(setting.Flow.Way[^1].Time) : null,
        };
    }
}
