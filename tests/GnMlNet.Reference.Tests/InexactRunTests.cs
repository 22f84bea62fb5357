using GnMlNet.Balls;
using GnMlNet.Reference.Certificates;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Kernels;
using GnMlNet.Reference.Systems;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests;

/// <summary>Inexact steps with the curvature of the residuals are proved as they were taken, and refuted as they were not.</summary>
public class InexactRunTests
{
    private static readonly Lazy<RecordedRun> Fixed = new(() => InexactRuns.Record(iterations: 9, adaptPenalty: false));

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
    public void What_was_not_so_is_refuted()
    {
        RecordedRun run = Fixed.Value;
        int whole = Whole(run), longer = InexactRuns.Index(run, at => at.Inexact is { Share: > 1 });
        InexactRuns.Refutes(
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
        InexactRuns.Refutes(run, whole, [CheckedRule.CurvatureRows], at => at with { Inexact = null });
        InexactRuns.Refutes(run, InexactRuns.Index(run, at => at.Inexact is null && at.Step.Length > 0), [CheckedRule.CurvatureRows], at => at with { Inexact = run.Iterates[whole].Inexact });
        // A multiple of the step with its own remainder, one that leads up, and none.
        InexactRuns.Refutes(run, whole, [CheckedRule.BestMultiple], at => at with { Step = [.. at.Step.Select(s => s / 100)], Inexact = at.Inexact! with { Remainder = [.. at.Inexact.Remainder.Zip(Gradient(run, whole), (r, g) => (0.01 * r) - (0.99 * g))] } });
        InexactRuns.Refutes(run, whole, [CheckedRule.BestMultiple], at => at with { Step = [.. at.Step.Select(s => -s)] });
        InexactRuns.Refutes(run, whole, [CheckedRule.Rejections], at => at with { RejectedSteps = 1, Inexact = at.Inexact! with { RejectedDirections = [[.. at.Step.Select(_ => 0.0)]] } });
        InexactRuns.Refutes(run with { InexactSteps = InexactSteps.FromStart }, whole, [CheckedRule.CurvatureRows], at => at);
        InexactRuns.Refutes(run, whole, [CheckedRule.CurvatureRows], at => at with { Inexact = at.Inexact! with { ResidualCurvature = [] } });
        // The same point by another share of another step, and by less of a step that is said to be longer.
        InexactRuns.Refutes(run, longer, [CheckedRule.Share], at => at with { Step = [.. at.Step.Select(s => s * at.Inexact!.Share * 2)], Inexact = at.Inexact! with { Share = 0.5 } });
        InexactRuns.Refutes(run, longer, [CheckedRule.Share], at => at with { Step = [.. at.Step.Select(s => s * at.Inexact!.Share / 3)], Inexact = at.Inexact! with { Share = 3 } });
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
        string[] lines = InexactRuns.Lines(iterations: 4, adaptPenalty: false);
        int at = lines[^1].IndexOf(text, StringComparison.Ordinal);
        at.Should().BePositive();
        lines[^1] = $"{lines[^1][..at]}{replacement}{lines[^1][(at + text.Length)..]}";
        FluentActions.Invoking(() => TraceReader.Read(lines, "run.jsonl")).Should().Throw<FormatException>().WithMessage($"run.jsonl, line {lines.Length}: *{message}*");
    }

    private static RecordedIterate WithCurvature(RecordedIterate at, Func<double, double> change) =>
        at with { Inexact = at.Inexact! with { ResidualCurvature = [.. at.Inexact.ResidualCurvature.Select(change)] } };

    /// <summary>g where the step to an iterate begins.</summary>
    private static double[] Gradient(RecordedRun run, int index)
    {
        StepEquations equations = StepEquations.Of(run, FastKernels.Instance);
        return [.. equations.Penalized(equations.Evaluate(run.Iterates[index - 1].Parameters, 128), run.Iterates[index]).Gradient.Select(entry => entry.ToDouble())];
    }

    /// <summary>Where there is one with the curvature of the residuals that was taken as it is.</summary>
    private static int Whole(RecordedRun run) => InexactRuns.Index(run, at => at.Inexact is { Share: 1, ResidualCurvature.Length: > 0 });
}
