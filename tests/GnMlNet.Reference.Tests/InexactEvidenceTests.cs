using GnMlNet.Balls;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;
using GnMlNet.Reference.Trajectories;

namespace GnMlNet.Reference.Tests;

/// <summary>Penalties that adapt between inexact steps, and the trajectory around these.</summary>
public class InexactEvidenceTests
{
    private static readonly Lazy<RecordedRun> Adapted = new(() => InexactRuns.Record(iterations: 9, adaptPenalty: true));

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
        InexactRuns.Findings(run, 7).Should().Contain(finding => finding.Rule == CheckedRule.Share && finding.Verdict == Verdict.Proved);
        CrossCheckReport report = new CrossCheck(run).Run(every: last - age);
        report.Iterates.SelectMany(iterate => iterate.Errors).Where(error => error.Quantity is CheckedQuantity.Precisions or CheckedQuantity.NoisePrecision)
            .Should().HaveCount(4).And.OnlyContain(error => error.IsWithinBound == Verdict.Proved && error.Relative < 1e-9 && error.Bound < 1e-3);
        report.Iterates.SelectMany(iterate => iterate.Errors).Should().ContainSingle(error => error.Quantity == CheckedQuantity.EvidenceMatrix).Which.IsWithinBound.Should().Be(Verdict.Proved);
        report.Findings.Where(finding => finding.Rule == CheckedRule.Penalties).Should().OnlyContain(finding => finding.Verdict == Verdict.Proved);
        foreach (int wrong in new[] { -1, 0, age - 1, age + 1 })
            InexactRuns.Refutes(run, last, [CheckedRule.Penalties], at => at with { Inexact = at.Inexact! with { InverseAge = wrong } });
        RecordedRun other = run with { Iterates = [.. run.Iterates.Select((at, k) => k == last - age ? at with { EvidenceMatrix = [.. at.EvidenceMatrix.Select(entry => 1.01 * entry)] } : at)] };
        IEnumerable<string> refuted = new CrossCheck(other).Run(every: last - age).Open.Where(open => open.Verdict == Verdict.Refuted).Select(open => open.Name);
        refuted.Should().Contain(["EvidenceMatrix", "Precisions"]);
        InexactRuns.Refutes(run with { Iterates = [.. run.Iterates.Select(at => at with { EvidenceMatrix = [] })] }, last, [CheckedRule.Penalties], at => at);
    }

    [Fact]
    public void An_attempt_that_led_nowhere_leaves_no_trace_in_the_evidence()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 4096, inputs: 1, hidden: 36, iterations: 60, adaptPenalty: true, stepTolerance: 0.05), "trace");
        int exact = InexactRuns.Index(run, at => at.Step.Length > 0 && !at.CurvatureInSinglePrecision);
        run.Iterates[exact - 1].Inexact.Should().NotBeNull();
        RecordedRun until = run with { Iterates = [.. run.Iterates.Take(exact + 1)] };
        CrossCheckReport report = new CrossCheck(until).Run(every: exact);
        report.Open.Where(open => open.Verdict == Verdict.Refuted).Select(open => $"{open.Name} at {open.Iteration}: {open.Reason}").Should().BeEmpty();
        report.Findings.Where(finding => finding.Rule == CheckedRule.Penalties).Should().OnlyContain(finding => finding.Verdict == Verdict.Proved);
    }
}
