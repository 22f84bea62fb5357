using GnMlNet.Balls;
using GnMlNet.Core.Dynamics;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;
using GnMlNet.Reference.Trajectories;

namespace GnMlNet.Reference.Tests;

/// <summary>Runs that never happened are refuted, whatever else is undecided of them; runs that did happen are proved.</summary>
public class FalseRunTests
{
    public static TheoryData<FlowScheme, double> Schemes => new() { { FlowScheme.Euler, 0 }, { FlowScheme.Euler, 0.02 }, { FlowScheme.RungeKutta4, 0 }, { FlowScheme.RungeKutta4, 0.02 }, { FlowScheme.DormandPrince, 0 } };

    [Theory, MemberData(nameof(Schemes))]
    public void A_flow_whose_steps_were_taken_is_proved(FlowScheme scheme, double interval) => Check(Flow(scheme, interval)).IsWithinBounds.Should().Be(Verdict.Proved);

    [Theory, MemberData(nameof(Schemes))]
    public void A_flow_in_reverse_is_refuted(FlowScheme scheme, double interval)
    {
        RecordedRun run = Flow(scheme, interval);
        Refutes(run with { Iterates = [.. run.Iterates.Reverse()] }, CheckedRule.Start, CheckedRule.Times, CheckedRule.NextIterate);
    }

    [Theory, MemberData(nameof(Schemes))]
    public void A_flow_whose_points_changed_places_is_refuted_also_where_its_times_did_not(FlowScheme scheme, double interval)
    {
        RecordedRun run = Flow(scheme, interval);
        RecordedIterate[] iterates = [.. run.Iterates];
        Refutes(run with { Iterates = [iterates[0], iterates[2], iterates[1], .. iterates[3..]] }, CheckedRule.Times, CheckedRule.NextIterate);
        RecordedIterate one = WithTimesOf(iterates[2], iterates[1]), other = WithTimesOf(iterates[1], iterates[2]);
        Refutes(run with { Iterates = [iterates[0], one, other, .. iterates[3..]] }, CheckedRule.NextIterate);
    }

    [Theory, MemberData(nameof(Schemes))]
    public void A_flow_of_ten_times_longer_steps_is_refuted(FlowScheme scheme, double interval)
    {
        RecordedRun run = Flow(scheme, interval), longer = Flow(scheme, 10 * interval, timeStep: 0.1, duration: 0.6);
        RecordedIterate[] iterates = [.. run.Iterates.Zip(longer.Iterates, (times, at) => WithTimesOf(at, times))];
        Refutes(run with { Iterates = iterates }, CheckedRule.NextIterate);
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Times_and_counts_of_steps_are_those_of_the_settings(FlowScheme scheme, double interval)
    {
        RecordedRun run = Flow(scheme, interval);
        Refutes(Changed(run, 2, at => at with { Time = Math.BitIncrement(at.Time) }), CheckedRule.Times);
        Refutes(Changed(run, 2, at => at with { Iteration = at.Iteration + 1 }), scheme == FlowScheme.DormandPrince || interval == 0 ? [CheckedRule.Times] : [CheckedRule.Times, CheckedRule.NextIterate]);
        Refutes(run with { Iterates = [run.Iterates[0], .. run.Iterates.Skip(2)] }, CheckedRule.Times);
        Refutes(run with { Iterates = [.. run.Iterates.Skip(1)] }, CheckedRule.Start);
    }

    [Fact]
    public void One_unit_in_the_last_place_of_one_parameter_of_an_Euler_flow_is_found()
    {
        RecordedRun run = Flow(FlowScheme.Euler, 0);
        RecordedRun moved = Changed(run, 3, at => at with { Parameters = [Math.BitIncrement(at.Parameters[0]), .. at.Parameters.Skip(1)] });
        Check(moved).Findings.Where(finding => finding.Verdict == Verdict.Refuted).Should().OnlyContain(finding => finding.Rule == CheckedRule.NextIterate && (finding.Index == 3 || finding.Index == 4)).And.HaveCount(2);
    }

    [Fact]
    public void A_trajectory_is_kept_to_by_the_run_and_by_no_other()
    {
        RecordedRun run = Flow(FlowScheme.Euler, 0), longer = Flow(FlowScheme.Euler, 0, timeStep: 0.1, duration: 0.6);
        new ExactTrajectory(run).Follow().Keeps.Should().Be(Verdict.Proved);
        new ExactTrajectory(run with { Iterates = [.. run.Iterates.Zip(longer.Iterates, (times, at) => WithTimesOf(at, times))] }).Follow().Keeps.Should().Be(Verdict.Refuted);
        new ExactTrajectory(Flow(FlowScheme.RungeKutta4, 0)).Follow().Keeps.Should().Be(Verdict.Undecided);
        RecordedRun training = Training(hidden: 4);
        new ExactTrajectory(training).Follow().Keeps.Should().Be(Verdict.Proved);
        RecordedRun moved = Changed(training, 3, at => at with { Parameters = [at.Parameters[0] + 1e-8, .. at.Parameters.Skip(1)] });
        new ExactTrajectory(moved).Follow().Keeps.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void A_dual_flow_with_wrong_figures_is_refuted_in_each_of_them()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Flow(rows: 10, inputs: 2, hidden: 10, damping: 0.01, duration: 0.05, alpha: 4), "trace");
        run.Form.Should().Be(SystemForm.Dual);
        Check(run).IsWithinBounds.Should().Be(Verdict.Proved);
        Check(run with { Damping = 0.02 }).IsWithinBounds.Should().Be(Verdict.Refuted);
        RecordedRun wrong = run with
        {
            Iterates = [.. run.Iterates.Select(at => at with { Loss = 2 * at.Loss, OutputGradientNorm = 3 * at.OutputGradientNorm, Direction = [.. at.Direction.Select(_ => 1.0)] })],
        };
        IEnumerable<string> refuted = Check(wrong).Open.Where(open => open.Verdict == Verdict.Refuted).Select(open => open.Name);
        refuted.Should().Contain(["Loss", "OutputGradientNorm", "Step", "StepResidual", "NextIterate"]);
    }

    [Fact]
    public void Undecided_excuses_nothing_but_the_figure_that_it_concerns()
    {
        // More parameters than rows, no penalty and no damping: no step is known, and all else is.
        RecordedRun run = Training(hidden: 10, rows: 14, penalty: 0);
        run.Form.Should().Be(SystemForm.Dual);
        Check(run).IsWithinBounds.Should().Be(Verdict.Proved);
        RecordedRun singular = run with { Iterates = [.. run.Iterates.Select(at => at with { Damping = 0 })] };
        CrossCheckReport report = Check(singular);
        report.Iterates.Skip(1).Should().OnlyContain(iterate => iterate.IsPositiveDefinite == Verdict.Undecided);
        Verdicts(report, "Step").Should().OnlyContain(verdict => verdict == Verdict.Undecided);
        Verdicts(report, "StepResidual").Should().OnlyContain(verdict => verdict == Verdict.Refuted).And.HaveCount(run.Iterates.Count - 1);
        Verdicts(report, "Damping").Should().OnlyContain(verdict => verdict == Verdict.Refuted).And.HaveCount(run.Iterates.Count - 1);
        Verdicts(report, "Loss").Should().BeEmpty();
        RecordedRun lost = singular with { Iterates = [.. singular.Iterates.Select(at => at with { Loss = 1.5 * at.Loss })] };
        Verdicts(Check(lost), "Loss").Should().OnlyContain(verdict => verdict == Verdict.Refuted).And.HaveCount(run.Iterates.Count);
    }

    [Theory, InlineData(10, 14), InlineData(4, 60)]
    public void Steps_at_random_are_refuted_by_what_they_leave_of_their_equations(int hidden, int rows)
    {
        RecordedRun run = Training(hidden, rows);
        var random = new Random(1);
        var iterates = new List<RecordedIterate> { run.Iterates[0] };
        foreach (RecordedIterate at in run.Iterates.Skip(1))
        {
            double[] step = [.. at.Step.Select(_ => random.NextDouble() - 0.5)];
            iterates.Add(at with { Step = step, Parameters = [.. iterates[^1].Parameters.Zip(step, (theta, s) => theta + s)], Loss = 1 });
        }

        CrossCheckReport report = Check(run with { Iterates = iterates });
        Verdicts(report, "StepResidual").Should().OnlyContain(verdict => verdict == Verdict.Refuted).And.HaveCount(iterates.Count - 1);
        Verdicts(report, "Acceptance").Should().OnlyContain(verdict => verdict == Verdict.Refuted).And.HaveCount(iterates.Count - 2);
    }

    [Theory, InlineData(10, 14), InlineData(4, 60)]
    public void What_training_does_between_steps_is_as_documented(int hidden, int rows)
    {
        RecordedRun run = Training(hidden, rows);
        run.Iterates.Should().Contain(at => at.RejectedSteps > 0);
        CrossCheckReport report = Check(run);
        report.IsWithinBounds.Should().Be(Verdict.Proved);
        report.Findings.Select(finding => finding.Rule).Distinct().Should().BeEquivalentTo(
            [CheckedRule.NextIterate, CheckedRule.Acceptance, CheckedRule.Rejections, CheckedRule.Damping, CheckedRule.Metric, CheckedRule.CurvatureRows]);
        int index = run.Iterates.Index().First(at => at.Item.RejectedSteps > 0).Index;
        Refutes(Changed(run, index, at => at with { RejectedSteps = at.RejectedSteps - 1 }), CheckedRule.Damping);
        Refutes(Changed(run, 3, at => at with { Damping = at.Damping * 1.0001 }), CheckedRule.Damping);
        Refutes(Changed(run, 3, at => at with { Metric = [at.Metric[0] * 0.99, .. at.Metric.Skip(1)] }), CheckedRule.Metric);
        Refutes(Changed(run, 3, at => at with { CurvatureRows = [(0, rows - 1)] }), CheckedRule.CurvatureRows);
        Refutes(Changed(run, 3, at => at with { CurvatureInSinglePrecision = true }), CheckedRule.CurvatureRows);
        Verdicts(Check(Changed(run, 3, at => at with { GainRatio = at.GainRatio * 1.0001 })), "GainRatio").Should().Equal(Verdict.Refuted);
        Verdicts(Check(Changed(run, 3, at => at with { GradientNorm = at.GradientNorm * 3 })), "GradientNorm").Should().Equal(Verdict.Refuted);
        Verdicts(Check(Changed(run, 3, at => at with { MeanSquaredError = at.MeanSquaredError * 1.0001 })), "MeanSquaredError").Should().Equal(Verdict.Refuted);
    }

    [Fact]
    public void A_step_that_was_rejected_although_it_lowers_the_loss_is_refuted()
    {
        // The damping of a step that was taken at once, and twice that: the first is said to have been rejected.
        RecordedRun run = Training(hidden: 4);
        int index = run.Iterates.Index().First(at => at.Item.RejectedSteps == 0 && at.Item.Step.Length > 0).Index;
        RecordedRun altered = Changed(run, index, at => at with { Damping = 2 * at.Damping, RejectedSteps = 1 });
        Verdicts(Check(altered), "Rejections").Should().Equal(Verdict.Refuted);
    }

    [Fact]
    public void Penalties_are_those_of_the_evidence()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 60, inputs: 3, hidden: 4, iterations: 20, adaptPenalty: true), "trace");
        CrossCheckReport report = Check(run);
        report.IsWithinBounds.Should().Be(Verdict.Proved);
        report.Iterates.Count(iterate => iterate.Errors.Any(error => error.Quantity == CheckedQuantity.Precisions)).Should().Be(15);
        report.Worst.Where(worst => worst.Error.Quantity is CheckedQuantity.Precisions or CheckedQuantity.NoisePrecision).Should().OnlyContain(worst => worst.Error.Relative < 1e-12);

        RecordedRun penalty = Changed(run, 5, at => at with { Penalties = [Math.BitIncrement(at.Penalties[0]), .. at.Penalties.Skip(1)] });
        Refutes(penalty, CheckedRule.Penalties);
        // Before a step that is not due, and before one that is, consistently with the penalties.
        Refutes(WithNoise(run, 4, 1.001), CheckedRule.Penalties);
        // The next estimate starts from a false one.
        Verdicts(Check(WithNoise(run, 11, 1.001)), "NoisePrecision").Should().Equal(Verdict.Refuted, Verdict.Refuted);
        Refutes(WithNoise(run, 0, 1.001), CheckedRule.Penalties);
    }

    [Fact]
    public void The_rows_of_a_curvature_that_is_sampled_are_those_of_the_rule()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 4500, inputs: 2, hidden: 2, iterations: 12), "trace");
        run.Iterates[1].CurvatureRows.Should().Equal((0, 8 * 256));
        run.Iterates[1].CurvatureInSinglePrecision.Should().BeTrue();
        Rules(run).Should().OnlyContain(verdict => verdict != Verdict.Refuted);
        Rules(run).Take(4).Should().OnlyContain(verdict => verdict == Verdict.Proved);
        Rules(Changed(run, 1, at => at with { CurvatureRows = [(256, 9 * 256)] }))[0].Should().Be(Verdict.Refuted);
        Rules(Changed(run, 1, at => at with { CurvatureInSinglePrecision = false }))[0].Should().Be(Verdict.Refuted);
        Rules(Changed(run, 1, at => at with { CurvatureRows = [], CurvatureInSinglePrecision = false }))[0].Should().Be(Verdict.Undecided);

        static Verdict[] Rules(RecordedRun run) => [.. new CrossCheck(run).Run(every: 1000).Findings.Where(finding => finding.Rule == CheckedRule.CurvatureRows).Select(finding => finding.Verdict)];
    }

    private static RecordedRun WithNoise(RecordedRun run, int index, double factor) => Changed(run, index, at =>
    {
        double noise = at.NoisePrecision * factor;
        return at with { NoisePrecision = noise, Penalties = [.. at.Penalties.Select((_, i) => at.Precisions[run.Layout.PenaltyGroup(i)] / (noise * run.TotalWeight))] };
    });

    private static RecordedRun Flow(FlowScheme scheme, double interval, double timeStep = 0.01, double duration = 0.06) =>
        TraceReader.Read(RecordedRuns.Flow(rows: 14, inputs: 2, hidden: 2, damping: 0.01, duration, alpha: 4, scheme: scheme, timeStep: timeStep, interval: interval), "trace");

    private static RecordedRun Training(int hidden, int rows = 60, double penalty = 1e-3) =>
        TraceReader.Read(RecordedRuns.Training(rows, inputs: 2, hidden, iterations: 6, penalty), "trace");

    private static RecordedIterate WithTimesOf(RecordedIterate at, RecordedIterate times) => at with { Time = times.Time, Iteration = times.Iteration, StepSize = times.StepSize };

    private static RecordedRun Changed(RecordedRun run, int index, Func<RecordedIterate, RecordedIterate> change) =>
        run with { Iterates = [.. run.Iterates.Select((iterate, k) => k == index ? change(iterate) : iterate)] };

    private static CrossCheckReport Check(RecordedRun run) => new CrossCheck(run).Run();

    private static IEnumerable<Verdict> Verdicts(CrossCheckReport report, string name) => report.Open.Where(open => open.Name == name).Select(open => open.Verdict);

    private static void Refutes(RecordedRun run, params CheckedRule[] rules)
    {
        CrossCheckReport report = Check(run);
        report.IsWithinBounds.Should().Be(Verdict.Refuted);
        report.Findings.Where(finding => finding.Verdict == Verdict.Refuted).Select(finding => finding.Rule).Should().Contain(rules);
    }
}
