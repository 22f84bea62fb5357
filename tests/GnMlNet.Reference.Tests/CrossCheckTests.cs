using GnMlNet.Balls;
using GnMlNet.Reference.CrossChecks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests;

public class CrossCheckTests
{
    [Fact]
    public void A_training_run_is_within_the_documented_bounds_throughout()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 60, inputs: 3, hidden: 4, iterations: 8, weight: j => 1 + (j % 3)), "trace");
        CrossCheckReport report = new CrossCheck(run).Run();
        report.Iterates.Should().HaveCount(9);
        report.IsWithinBounds.Should().Be(Verdict.Proved, Describe(report));
        report.Iterates.Skip(1).Should().OnlyContain(iterate => iterate.IsPositiveDefinite == Verdict.Proved);
        foreach ((_, CertifiedError error) in report.Worst) error.Relative.Should().BeInRange(1e-18, 1e-9, error.Quantity.ToString());
    }

    [Fact]
    public void A_training_run_whose_penalties_adapt_is_within_the_documented_bounds_throughout()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 60, inputs: 3, hidden: 4, iterations: 30, adaptPenalty: true), "trace");
        run.Iterates.Should().OnlyContain(iterate => iterate.Penalties.Length == 21);
        run.Iterates[^1].Penalties.Should().NotEqual(run.Iterates[1].Penalties);
        CrossCheckReport report = new CrossCheck(run).Run();
        report.IsWithinBounds.Should().Be(Verdict.Proved, Describe(report));
        report.Worst.Single(worst => worst.Error.Quantity == CheckedQuantity.Step).Error.Relative.Should().BeLessThan(1e-9);
    }

    [Theory, InlineData(0), InlineData(0.1), InlineData(1)]
    public void A_flow_is_within_the_documented_bounds_throughout(double damping)
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Flow(rows: 60, inputs: 3, hidden: 4, damping: damping, duration: 0.05), "trace");
        CrossCheckReport report = new CrossCheck(run).Run();
        report.IsWithinBounds.Should().Be(Verdict.Proved, Describe(report));
        report.Worst.Select(worst => worst.Error.Quantity).Should().BeEquivalentTo(
        [
            CheckedQuantity.Loss, CheckedQuantity.Step, CheckedQuantity.StepResidual, CheckedQuantity.OutputGradientNorm, CheckedQuantity.RiemannianGradientNorm,
            CheckedQuantity.SmallestEigenvalue, CheckedQuantity.LargestEigenvalue,
        ]);
        foreach ((_, CertifiedError error) in report.Worst) error.Relative.Should().BeInRange(1e-18, 1e-9, error.Quantity.ToString());
    }

    [Fact]
    public void A_dual_step_with_far_more_weights_than_rows_is_within_its_bound()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Flow(rows: 5, inputs: 3, hidden: 400, damping: 0.01, duration: 0.02, alpha: 20), "trace");
        CrossCheckReport report = new CrossCheck(run).Run();
        report.IsWithinBounds.Should().Be(Verdict.Proved, Describe(report));
        report.Iterates.Should().OnlyContain(iterate => iterate.SmallestEigenvalue == 0.01);
        report.Worst.Single(worst => worst.Error.Quantity == CheckedQuantity.Step).Error.Relative.Should().BeLessThan(1e-10);
    }

    [Fact]
    public void An_error_put_into_the_trace_is_found_with_its_size()
    {
        string[] lines = RecordedRuns.Flow(rows: 60, inputs: 3, hidden: 4, damping: 0.1, duration: 0.02);
        RecordedRun run = TraceReader.Read(lines, "trace");
        double[] direction = [.. run.Iterates[1].Direction];
        double norm = Math.Sqrt(direction.Sum(x => x * x));
        foreach (double size in new[] { 1e-12, 1e-9, 1e-3, 1 })
        {
            double[] wrong = [.. direction];
            wrong[3] += size * norm;
            RecordedRun altered = run with { Iterates = [run.Iterates[0], run.Iterates[1] with { Direction = wrong }, run.Iterates[2]] };
            CertifiedError step = new CrossCheck(altered).Run().Iterates[1].Errors.Single(error => error.Quantity == CheckedQuantity.Step);
            step.Relative.Should().BeApproximately(size, 0.01 * size);
        }

        RecordedRun lost = run with { Iterates = [run.Iterates[0] with { Loss = run.Iterates[0].Loss * (1 + 1e-10) }, run.Iterates[1], run.Iterates[2]] };
        new CrossCheck(lost).Run().Iterates[0].Errors.Single(error => error.Quantity == CheckedQuantity.Loss).Relative.Should().BeApproximately(1e-10, 1e-12);
    }

    [Fact]
    public void Parameters_that_do_not_follow_from_the_step_are_found()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 60, inputs: 3, hidden: 4, iterations: 3), "trace");
        double[] moved = [.. run.Iterates[2].Parameters];
        moved[5] = Math.BitIncrement(moved[5]);
        RecordedRun altered = run with { Iterates = [.. run.Iterates.Select((iterate, k) => k == 2 ? iterate with { Parameters = moved } : iterate)] };
        CrossCheckReport report = new CrossCheck(altered).Run();
        report.Findings.Where(finding => finding.Rule == CheckedRule.NextIterate).Select(finding => finding.Verdict).Should().Equal(Verdict.Proved, Verdict.Refuted, Verdict.Refuted);
        report.IsWithinBounds.Should().Be(Verdict.Refuted);
    }

    [Fact]
    public void A_singular_matrix_is_never_proved_positive_definite_and_nothing_is_claimed_of_its_step()
    {
        // Two units with the same weights: J has repeated columns.
        RecordedRun run = TraceReader.Read(RecordedRuns.Flow(rows: 60, inputs: 3, hidden: 4, damping: 0, duration: 0.01), "trace");
        double[] w = [.. run.Iterates[0].Parameters];
        Array.Copy(w, 0, w, 3, 3);
        RecordedRun singular = run with { Iterates = [run.Iterates[0] with { Parameters = w }] };
        CheckedIterate iterate = new CrossCheck(singular).Run().Iterates.Single();
        iterate.IsPositiveDefinite.Should().Be(Verdict.Undecided);
        CertifiedError step = iterate.Errors.Single(error => error.Quantity == CheckedQuantity.Step);
        (step.Absolute, step.AtLeast, step.IsWithinBound).Should().Be((double.PositiveInfinity, 0, Verdict.Undecided));
        // The recorded direction is that of other weights, and its equations tell.
        iterate.Errors.Single(error => error.Quantity == CheckedQuantity.StepResidual).IsWithinBound.Should().Be(Verdict.Refuted);
    }

    [Theory, InlineData(-20), InlineData(-30), InlineData(-42)]
    public void A_step_is_certified_where_its_matrix_is_singular_to_double_precision(int power)
    {
        // Two units with almost the same weights: condition numbers of about 1e13, 1e19 and 1e26.
        RecordedRun run = TraceReader.Read(RecordedRuns.Flow(rows: 60, inputs: 3, hidden: 4, damping: 0, duration: 0.01), "trace");
        double[] w = [.. run.Iterates[0].Parameters];
        for (int k = 0; k < 3; k++) w[3 + k] = w[k] + Math.ScaleB(k + 1, power);
        RecordedRun close = run with { Iterates = [run.Iterates[0] with { Parameters = w }] };
        CheckedIterate few = new CrossCheck(close).Run().Iterates.Single(), many = new CrossCheck(close, 512).Run().Iterates.Single();
        foreach (CheckedIterate iterate in new[] { few, many }) iterate.IsPositiveDefinite.Should().Be(Verdict.Proved);
        CertifiedError Step(CheckedIterate iterate) => iterate.Errors.Single(error => error.Quantity == CheckedQuantity.Step);
        // The recorded direction is that of other weights: nothing of it is right, and that is what is found.
        Step(few).Relative.Should().BeInRange(0.1, 10).And.BeApproximately(Step(many).Relative, 1e-9);
    }

    [Fact]
    public void More_bits_change_no_figure_beyond_their_last_digits()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 60, inputs: 3, hidden: 4, iterations: 4), "trace");
        CrossCheckReport few = new CrossCheck(run, 128).Run(), many = new CrossCheck(run, 320).Run();
        foreach ((CheckedIterate a, CheckedIterate b) in few.Iterates.Zip(many.Iterates))
        {
            foreach ((CertifiedError x, CertifiedError y) in a.Errors.Zip(b.Errors)) x.Relative.Should().BeApproximately(y.Relative, 1e-6 * y.Relative);
        }
    }

    [Fact]
    public void The_leverage_of_a_network_is_certified_and_one_that_was_moved_is_refuted()
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Training(rows: 20, inputs: 2, hidden: 2, iterations: 1), "trace");
        RecordedIterate at = run.Iterates[0];
        int size = at.Parameters.Length, unit = run.Layout.Output(1), bias = run.Layout.OutputBias;
        // The derivative by the output bias is 1, and that by an output weight the activation of its unit: T with a 3 and a 2 on the diagonal gives 9 + 4 tanh^2.
        var triangle = new float[size * (size + 1) / 2];
        triangle[(bias * (bias + 1) / 2) + bias] = 3;
        triangle[(unit * (unit + 1) / 2) + unit] = 2;
        int[] rows = [0, 7];
        double[] leverages = [.. rows.Select(row =>
        {
            double[] x = run.Rows[row].X;
            double value = Math.Tanh((at.Parameters[3] * x[0]) + (at.Parameters[4] * x[1]) + at.Parameters[5]);
            return 9 + (4 * value * value);
        })];
        Verdict Check(double factor) => new CrossCheck(run with { Iterates = [at] })
            .Run(computed: _ => new ComputedValues { Leverages = [leverages[0], factor * leverages[1]], LeverageRows = rows, LeverageTriangle = triangle })
            .Iterates[0].Errors.Single(error => error.Quantity == CheckedQuantity.Leverage).IsWithinBound;
        Check(1).Should().Be(Verdict.Proved);
        Check(1 + 1e-7).Should().Be(Verdict.Proved);
        Check(1 + 1e-5).Should().Be(Verdict.Refuted);
    }

    private static string Describe(CrossCheckReport report) =>
        string.Join('\n', report.Worst.Select(worst => $"{worst.Error.Quantity} at {worst.At.Iteration}: {worst.Error.Relative:E2} of {worst.Error.Bound:E2}, lambda_min {worst.At.SmallestEigenvalue:E2}, bits {worst.At.Bits}"));
}
