using GnMlNet.Ledger.Decisions;
using GnMlNet.Ledger.Settings;
using GnMlNet.Ledger.Theorems;
using GnMlNet.Ledger.Trajectories;

namespace GnMlNet.Ledger.Reports;

/// <summary>The counterexamples that are drawn.</summary>
public static class Illustrations
{
    private const int StepBits = 512;
    private const int Steps = 40;

    /// <summary>Those of some statements.</summary>
    /// <param name="labels">The labels of the statements.</param>
    public static IEnumerable<Illustration> Of(IReadOnlyCollection<string> labels)
    {
        (string Label, Func<string, Illustration> Draw)[] all = [("Theorem 1", OutOfReachOf), ("Theorem 2 read locally, along its steps", StepsOf), ("Theorem 5", CurveOf)];
        return all.Where(one => labels.Contains(one.Label)).Select(one => one.Draw(one.Label));
    }

    private static Illustration OutOfReachOf(string label)
    {
        OutOfReach instance = OutOfReach.Q(360);
        Real initial = instance.Problem.InitialLoss;
        Real[] times = [.. Enumerable.Range(0, 41).Select(k => ((Real)k) / 20)];
        return new Illustration(label, $"{instance.Name}: no weights reach what (11) promises", "t", [
            Curve("printed bound (11)", times, t => initial * (-instance.Rate * t).Exp()),
            Curve("lower bound on the gap of any weights", times, _ => instance.Floor)]);
    }

    private static Illustration StepsOf(string label)
    {
        WideSetting setting = WideSetting.Of("wide64", usesBound: true, StepBits);
        var repaired = DampedSteps.AtHalfTheLimit(setting.Constants, setting.Rho);
        Real alpha = repaired.SufficientAlpha, factor = repaired.Factor(alpha);
        Real[] steps = [.. Enumerable.Range(0, Steps + 1).Select(k => (Real)k)];
        IllustrationCurve Path(string name, Real scale, Real time) =>
            new(name, [.. new GaussNewtonSteps(setting.Problem, scale, setting.Rho, time).Take(Steps).Select(point => (((Real)point.Step).Ball, point.Objective.Ball))]);
        return new Illustration(label, $"{setting.Name}: Theorem 2 and 2R", "k", [
            new("printed bound (14)", [.. steps.Select((k, index) => (k.Ball, setting.Printed.Bound(index).Ball))]),
            Path("gap, α and η as printed", setting.Alpha, setting.Printed.TimeStep),
            new("bound of 2R", [.. steps.Select((k, index) => (k.Ball, (setting.Problem.InitialLoss * factor.Pow(index)).Ball))]),
            Path("gap, α and τ of 2R", alpha, repaired.TimeStep)]);
    }

    private static Illustration CurveOf(string label)
    {
        CurveSetting setting = CurveSetting.All(Scope.Quick).First();
        // Weights that the flow passes, nearer and nearer to w*, and when.
        (Real Time, Real Gap)[] points = [.. Enumerable.Range(3, 14).Select(k =>
        {
            Real w = (setting.Minimizer.Middle + ((Real)1).Shift(-k)).Middle;
            return (setting.TimeTo(w, 400), setting.Gap(w));
        })];
        Real initial = setting.Curve.Problem.InitialLoss;
        return new Illustration(label, $"{setting.Name}: the gap decays more slowly than (22) promises", "t", [
            Curve("printed bound (22)", [.. points.Select(point => point.Time)], t => initial * (-4 * t).Exp()),
            new("gap to the best value over B", [.. points.Select(point => (point.Time.Ball, point.Gap.Ball))])]);
    }

    private static IllustrationCurve Curve(string name, Real[] times, Func<Real, Real> value) => new(name, [.. times.Select(t => (t.Ball, value(t).Ball))]);
}
