using GnMlNet.Ledger.Flows;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;

namespace GnMlNet.Ledger.Reports;

/// <summary>The counterexamples, drawn: every refuted statement has one.</summary>
public static class Illustrations
{
    private const int StepBits = 512;
    private const int Steps = 40;
    private const int MostNames = 4;

    // Those that are drawn along time, steps or weights; of the others both sides are drawn on each instance that refutes.
    private static readonly (string Label, Func<string, Illustration> Draw)[] Along =
    [
        ("Theorem 1", OutOfReachOf), ("Theorem 2 read locally", label => FloorOf(label, ofProof: false)), ("Theorem 2 with the proof's own η", label => FloorOf(label, ofProof: true)),
        ("Theorem 2 read locally, along its steps", StepsOf), ("Theorem 5", CurveOf), ("(23)", DepartureOf),
    ];

    /// <summary>Those of the refuted ones among some statements.</summary>
    /// <param name="entries">The statements.</param>
    public static IEnumerable<Illustration> Of(IEnumerable<Entry> entries) =>
        from entry in entries
        where entry.Verdict.Kind == VerdictKind.Refuted
        let along = Along.FirstOrDefault(one => one.Label == entry.Text.Label)
        select along.Draw is null ? SidesOf(entry) : along.Draw(entry.Text.Label);

    // On each instance that refutes, the right and the left side of the first claim that is proved false.
    private static Illustration SidesOf(Entry entry)
    {
        (Finding Finding, Claim Claim)[] refuting =
        [
            .. from finding in entry.Findings
               where finding.Verdict == FindingVerdict.Refuted
               select (finding, finding.Conclusions.First(claim => claim.Verdict == Verdict.Refuted)),
        ];
        string[] names = [.. refuting.Select(one => one.Finding.Instance.Split(", ")[0]).Distinct()];
        IllustrationCurve Side(string name, Func<Claim, Ball> side) => new(name, [.. refuting.Select((one, k) => (Ball.Exact(k + 1), side(one.Claim)))]);
        return new Illustration(
            entry.Text.Label,
            $"{entry.Text.Label}: both sides where it fails, {string.Join("; ", names.Take(MostNames))}{(names.Length > MostNames ? $" and {names.Length - MostNames} more" : "")}",
            "instances that refute it, one by one",
            "sides of the inequality",
            [Side("right side, as printed", claim => claim.Right), Side("left side, certified", claim => claim.Left)]);
    }

    private static Illustration OutOfReachOf(string label)
    {
        PrintedDecay instance = PrintedDecay.Named("Q", 360, ((Real)1).Shift(-17), "ρ = 2⁻¹⁷");
        Real initial = instance.Problem.InitialLoss;
        Real[] times = [.. Enumerable.Range(0, 41).Select(k => ((Real)k) / 20)];
        return new Illustration(label, $"{instance.Name}: no weights reach what (11) promises", "t", "gap Δ", [
            Curve("printed bound (11)", times, t => initial * (-instance.Rate * t).Exp()),
            Curve("lower bound on the gap of any weights", times, _ => instance.Floor)]);
    }

    private static Illustration FloorOf(string label, bool ofProof)
    {
        WideSetting setting = WideSetting.Of("G", usesBound: true, StepBits);
        Real factor = ofProof ? 1 - (setting.Printed.TimeStepOfProof * setting.Constants.Nu * setting.Constants.LeastRate(setting.Rho)) : setting.Printed.Factor;
        Real[] steps = [.. Enumerable.Range(0, Steps + 1).Select(k => (Real)k)];
        return new Illustration(label, $"{setting.Name}: no weights reach what {(ofProof ? "the proof" : "(14)")} promises", "k", "gap Δ", [
            new("printed bound", [.. steps.Select((k, index) => (k.Ball, (setting.Problem.InitialLoss * factor.Pow(index)).Ball))]),
            Curve("lower bound on the gap of any weights", steps, _ => setting.Floor)]);
    }

    private static Illustration StepsOf(string label)
    {
        WideSetting setting = WideSetting.Of("wide64", usesBound: true, StepBits);
        var repaired = DampedSteps.AtHalfTheLimit(setting.Constants, setting.Rho);
        Real alpha = repaired.SufficientAlpha, factor = repaired.Factor(alpha);
        Real[] steps = [.. Enumerable.Range(0, Steps + 1).Select(k => (Real)k)];
        IllustrationCurve Path(string name, Real scale, Real time) =>
            new(name, [.. new StepEnclosure(setting.Constants, scale, setting.Rho, time).Take(Steps).Select(point => (((Real)point.Step).Ball, point.Objective.Ball))]);
        return new Illustration(label, $"{setting.Name}: Theorem 2 and 2R", "k", "gap Δ", [
            new("printed bound (14)", [.. steps.Select((k, index) => (k.Ball, setting.Printed.Bound(index).Ball))]),
            Path("gap, α and η as printed", setting.Alpha, setting.Printed.TimeStep),
            new("bound of 2R", [.. steps.Select((k, index) => (k.Ball, (setting.Problem.InitialLoss * factor.Pow(index)).Ball))]),
            Path("gap, α and τ of 2R", alpha, repaired.TimeStep)]);
    }

    private static Illustration CurveOf(string label)
    {
        CurveSetting setting = CurveSetting.Named("Curve")[0];
        // Weights that the flow passes, nearer and nearer to w*, and when.
        (Real Time, Real Gap)[] points = [.. Enumerable.Range(1, 14).Select(k =>
        {
            Real w = setting.Flow.Passed(k);
            return (setting.Flow.TimeTo(w, 400), setting.Gap(w));
        })];
        Real initial = setting.Curve.Problem.InitialLoss;
        return new Illustration(label, $"{setting.Name}: the gap decays more slowly than (22) promises", "t", "gap Δ", [
            Curve("printed bound (22)", [.. points.Select(point => point.Time)], t => initial * (-4 * t).Exp()),
            new("gap to the best value over B", [.. points.Select(point => (point.Time.Ball, point.Gap.Ball))])]);
    }

    private static Illustration DepartureOf(string label)
    {
        CurveSetting setting = CurveSetting.Named("Departing").First(one => one.Flow.Leaves);
        Real start = setting.Curve.Start, far = setting.Flow.Far;
        const int parts = 40;
        Real[] way = [.. Enumerable.Range(0, parts + 1).Select(k => k == parts ? far : (start + ((far - start) * k / parts)).Middle)];
        int sign = (start - far).IsPositive ? 1 : -1;
        return new Illustration(label, $"{setting.Name}: the objective falls from w_init to the border of B, and the flow leaves", "w", "derivative of the objective, against the way, divided by α", [
            Curve("printed (23): the flow stops before the border", way, _ => 0),
            Curve("derivative", way, w => sign * setting.Curve.Slope(w, setting.Alpha))]);
    }

    private static IllustrationCurve Curve(string name, Real[] times, Func<Real, Real> value) => new(name, [.. times.Select(t => (t.Ball, value(t).Ball))]);
}
