using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;
using GnMlNet.Reference.Trajectories;

namespace GnMlNet.Reference.Tests;

/// <summary>Inexact steps with the curvature of the residuals are proved as they were taken, and refuted as they were not.</summary>
public class InexactRunTests
{
    // Few inputs and many units: where such steps pay with as little as there must be to check.
    private static readonly Lazy<RecordedRun> Fixed = new(() => Record(iterations: 9, adaptPenalty: false));
    private static readonly Lazy<RecordedRun> Adapted = new(() => Record(iterations: 9, adaptPenalty: true));

    [Fact]
    public void All_that_is_said_of_them_is_proved()
    {
        RecordedRun run = Fixed.Value;
        RecordedIterate[] inexact = [.. run.Iterates.Where(at => at.Inexact is not null)];
        inexact.Any(at => at.Inexact!.ResidualCurvature.Length > 0).Should().BeTrue();
        inexact.Any(at => at.Inexact!.ResidualCurvature.Length == 0).Should().BeTrue();
        inexact.Any(at => at.Inexact!.Share > 1).Should().BeTrue();
        inexact.Any(at => at.RejectedSteps > 0).Should().BeTrue();
        CrossCheckReport report = new CrossCheck(run).Run(every: 2);
        report.Iterates.Select(iterate => iterate.Iteration).Should().Equal(0, 2, 4, 6, 8, 9);
        // A rejected step of a sample is computed anew, and single precision decides.
        report.Open.Where(open => open.Name != "Rejections" || run.Iterates[open.Iteration].Inexact is not null).Select(open => $"{open.Name} at {open.Iteration}: {open.Reason}").Should().BeEmpty();
        report.Iterates.SelectMany(iterate => iterate.Errors).Count(error => error.Quantity == CheckedQuantity.Remainder).Should().Be(4);
        report.Findings.Count(finding => finding.Rule == CheckedRule.Share && finding.Verdict == Verdict.Proved).Should().Be(4);
    }

    [Fact]
    public void The_exact_trajectory_starts_anew_behind_each_of_them()
    {
        RecordedRun run = Adapted.Value;
        TrajectoryReport trajectory = new ExactTrajectory(run with { Iterates = [.. run.Iterates.Take(4)] }).Follow();
        (trajectory.Keeps, trajectory.InexactSteps).Should().Be((Verdict.Proved, 2));
        trajectory.Points.Select(point => point.Divergence > 0).Should().Equal(false, true, false, false);
    }

    [Fact]
    public void Evidence_from_a_matrix_of_an_earlier_point_is_proved_from_that_matrix_and_refuted_from_another()
    {
        RecordedRun run = Adapted.Value;
        int last = run.Iterates.Count - 1, age = run.Iterates[last].Inexact!.InverseAge;
        age.Should().BePositive();
        run.Iterates[7].Inexact!.Share.Should().BeLessThan(1);
        Findings(run, 7).Should().Contain(finding => finding.Rule == CheckedRule.Share && finding.Verdict == Verdict.Proved);
        CrossCheckReport report = new CrossCheck(run).Run(every: last - age);
        report.Iterates.SelectMany(iterate => iterate.Errors).Where(error => error.Quantity is CheckedQuantity.Precisions or CheckedQuantity.NoisePrecision)
            .Should().HaveCount(4).And.OnlyContain(error => error.IsWithinBound == Verdict.Proved && error.Relative < 1e-9 && error.Bound < 1e-3);
        report.Iterates.SelectMany(iterate => iterate.Errors).Should().ContainSingle(error => error.Quantity == CheckedQuantity.EvidenceMatrix).Which.IsWithinBound.Should().Be(Verdict.Proved);
        report.Findings.Where(finding => finding.Rule == CheckedRule.Penalties).Should().OnlyContain(finding => finding.Verdict == Verdict.Proved);
        foreach (int wrong in new[] { -1, 0, age - 1, age + 1 })
            Refutes(run, last, [CheckedRule.Penalties], at => at with { Inexact = at.Inexact! with { InverseAge = wrong } });
        RecordedRun other = run with { Iterates = [.. run.Iterates.Select((at, k) => k == last - age ? at with { EvidenceMatrix = [.. at.EvidenceMatrix.Select(entry => 1.01 * entry)] } : at)] };
        IEnumerable<string> refuted = new CrossCheck(other).Run(every: last - age).Open.Where(open => open.Verdict == Verdict.Refuted).Select(open => open.Name);
        refuted.Should().Contain(["EvidenceMatrix", "Precisions"]);
        Refutes(run with { Iterates = [.. run.Iterates.Select(at => at with { EvidenceMatrix = [] })] }, last, [CheckedRule.Penalties], at => at);
    }

    [Fact]
    public void An_attempt_that_led_nowhere_leaves_no_trace_in_the_evidence()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 4096, inputs: 1, hidden: 36, iterations: 60, adaptPenalty: true, stepTolerance: 0.05), "trace");
        int exact = Index(run, at => at.Step.Length > 0 && !at.CurvatureInSinglePrecision);
        run.Iterates[exact - 1].Inexact.Should().NotBeNull();
        RecordedRun until = run with { Iterates = [.. run.Iterates.Take(exact + 1)] };
        CrossCheckReport report = new CrossCheck(until).Run(every: exact);
        report.Open.Where(open => open.Verdict == Verdict.Refuted).Select(open => $"{open.Name} at {open.Iteration}: {open.Reason}").Should().BeEmpty();
        report.Findings.Where(finding => finding.Rule == CheckedRule.Penalties).Should().OnlyContain(finding => finding.Verdict == Verdict.Proved);
    }

    [Fact]
    public void What_was_not_so_is_refuted()
    {
        RecordedRun run = Fixed.Value;
        int whole = Whole(run), longer = Index(run, at => at.Inexact is { Share: > 1 });
        Refutes(
            run,
            whole,
            [CheckedRule.NextIterate, CheckedRule.Share, CheckedRule.Damping, CheckedRule.Metric, CheckedRule.Rejections],
            at => at with
            {
                Damping = at.Damping * 1.0001,
                Metric = [at.Metric[0] * 0.9, .. at.Metric.Skip(1)],
                RejectedSteps = 1,
                Inexact = at.Inexact! with { Share = 1.5, RejectedDirections = [at.Step] },
            });
        Refutes(run, whole, [CheckedRule.CurvatureRows], at => at with { Inexact = null });
        Refutes(run, Index(run, at => at.Inexact is null && at.Step.Length > 0), [CheckedRule.CurvatureRows], at => at with { Inexact = run.Iterates[whole].Inexact });
        // A multiple of the step with its own remainder, one that leads up, and none.
        Refutes(run, whole, [CheckedRule.BestMultiple], at => at with { Step = [.. at.Step.Select(s => s / 100)], Inexact = at.Inexact! with { Remainder = [.. at.Inexact.Remainder.Zip(Gradient(run, whole), (r, g) => (0.01 * r) - (0.99 * g))] } });
        Refutes(run, whole, [CheckedRule.BestMultiple], at => at with { Step = [.. at.Step.Select(s => -s)] });
        Refutes(run, whole, [CheckedRule.Rejections], at => at with { RejectedSteps = 1, Inexact = at.Inexact! with { RejectedDirections = [[.. at.Step.Select(_ => 0.0)]] } });
        Refutes(run with { InexactSteps = InexactSteps.FromStart }, whole, [CheckedRule.CurvatureRows], at => at);
        Refutes(run, whole, [CheckedRule.CurvatureRows], at => at with { Inexact = at.Inexact! with { ResidualCurvature = [] } });
        // The same point by another share of another step, and by less of a step that is said to be longer.
        Refutes(run, longer, [CheckedRule.Share], at => at with { Step = [.. at.Step.Select(s => s * at.Inexact!.Share * 2)], Inexact = at.Inexact! with { Share = 0.5 } });
        Refutes(run, longer, [CheckedRule.Share], at => at with { Step = [.. at.Step.Select(s => s * at.Inexact!.Share / 3)], Inexact = at.Inexact! with { Share = 3 } });
    }

    [Fact]
    public void Figures_that_were_not_so_are_refuted()
    {
        Refuted(at => WithCurvature(at, entry => 2 * entry) with { GainRatio = at.GainRatio * 1.001 }).Should().Contain(["ResidualCurvature", "GainRatio"]);
        Refuted(at => WithCurvature(at, _ => 0) with { Step = [.. at.Step.Select(s => 1.5 * s)] }).Should().Contain(["ResidualCurvature", "Remainder"]);
        Refuted(at => WithCurvature(at, entry => entry / 2)).Should().Contain("ResidualCurvature");
        Refuted(at => at with { Inexact = at.Inexact! with { Remainder = [.. at.Inexact.Remainder.Select(_ => 0.0)] } }).Should().Contain("Remainder").And.NotContain("ResidualCurvature");

        static IEnumerable<string> Refuted(Func<RecordedIterate, RecordedIterate> change)
        {
            RecordedRun run = Fixed.Value;
            int whole = Whole(run);
            // The point before it as a start, of which there is no more to check.
            RecordedIterate start = run.Iterates[whole - 1] with { Iteration = 0, Step = [], Inexact = null };
            return new CrossCheck(run with { Iterates = [start, change(run.Iterates[whole])] }).Run().Iterates[1].Errors.Where(error => error.IsWithinBound == Verdict.Refuted).Select(error => error.Quantity.ToString());
        }
    }

    [Fact]
    public void A_certificate_of_one_says_how_far_it_is_from_the_exact_step_of_its_equations()
    {
        RecordedRun run = Fixed.Value;
        int whole = Whole(run);
        StepCertificate written = new CrossCheck(run with { TraceHash = new string('0', 64) }).Certify(whole)!;
        string text = CertificateFile.Write(written);
        StepCertificate certificate = CertificateFile.Read(text);
        CertificateChecker.Check(certificate).Verdict.Should().Be(Verdict.Proved);
        RecordedIterate step = certificate.Run.Iterates[^1];
        RecordedInexactStep inexact = step.Inexact!;
        StepCertificate altered = certificate with { Run = certificate.Run with { Iterates = [certificate.Run.Iterates[0], WithCurvature(step, entry => 2 * entry)] } };
        inexact.ResidualCurvature.Should().Equal(run.Iterates[whole].Inexact!.ResidualCurvature);
        CertificateChecker.Check(altered).Verdict.Should().NotBe(Verdict.Proved);
    }

    [Theory]
    [InlineData("\"share\":", "\"part\":", "'share' is missing")]
    [InlineData("\"share\":", "\"share\":-", "'share' must be positive")]
    [InlineData("\"remainder\":[", "\"remainder\":[1,", "'remainder' has")]
    [InlineData("\"residualCurvature\":[", "\"residualCurvature\":[1,", "'residualCurvature' has")]
    [InlineData("\"rejectedDirections\":[", "\"rejectedDirections\":[[]", "rejected directions and")]
    [InlineData("\"curvatureInSinglePrecision\":true", "\"curvatureInSinglePrecision\":false", "an inexact step whose curvature is not that of all rows in single precision")]
    public void What_does_not_fit_is_refused_by_line(string text, string replacement, string message)
    {
        string[] lines = Lines(iterations: 4, adaptPenalty: false);
        int at = lines[^1].IndexOf(text, StringComparison.Ordinal);
        at.Should().BePositive();
        lines[^1] = $"{lines[^1][..at]}{replacement}{lines[^1][(at + text.Length)..]}";
        FluentActions.Invoking(() => TraceReader.Read(lines, "run.jsonl")).Should().Throw<FormatException>().WithMessage($"run.jsonl, line {lines.Length}: *{message}*");
    }

    private static RecordedRun Record(int iterations, bool adaptPenalty) => TraceReader.Read(Lines(iterations, adaptPenalty), "trace");

    private static string[] Lines(int iterations, bool adaptPenalty) => RecordedRuns.Training(rows: 4096, inputs: 1, hidden: 36, iterations, adaptPenalty: adaptPenalty);

    private static RecordedIterate WithCurvature(RecordedIterate at, Func<double, double> change) =>
        at with { Inexact = at.Inexact! with { ResidualCurvature = [.. at.Inexact.ResidualCurvature.Select(change)] } };

    /// <summary>g where the step to an iterate begins.</summary>
    private static double[] Gradient(RecordedRun run, int index)
    {
        StepEquations equations = StepEquations.Of(run, FastKernels.Instance);
        return [.. equations.Penalized(equations.Evaluate(run.Iterates[index - 1].Parameters, 128), run.Iterates[index]).Gradient.Select(entry => entry.ToDouble())];
    }

    /// <summary>Where there is one with the curvature of the residuals that was taken as it is.</summary>
    private static int Whole(RecordedRun run) => Index(run, at => at.Inexact is { Share: 1, ResidualCurvature.Length: > 0 });

    private static int Index(RecordedRun run, Func<RecordedIterate, bool> fits) => run.Iterates.Index().First(at => fits(at.Item)).Index;

    private static RecordedRun Changed(RecordedRun run, int index, Func<RecordedIterate, RecordedIterate> change) =>
        run with { Iterates = [.. run.Iterates.Take(index), change(run.Iterates[index])] };

    private static void Refutes(RecordedRun run, int index, CheckedRule[] rules, Func<RecordedIterate, RecordedIterate> change) =>
        Findings(Changed(run, index, change), index).Where(finding => finding.Verdict == Verdict.Refuted).Select(finding => finding.Rule).Should().Contain(rules);

    /// <summary>What the rules say of an iterate, without the figures.</summary>
    private static IEnumerable<RuleFinding> Findings(RecordedRun run, int index)
    {
        const int bits = 128;
        StepEquations equations = StepEquations.Of(run, FastKernels.Instance);
        var promise = new StepPromise(run, equations, bits);
        return [.. RunRules.Of(run, equations, promise, bits).Where(finding => finding.Index == index), .. IterateRules.Of(run, equations, promise, equations.Evaluate, index, bits)];
    }
}
