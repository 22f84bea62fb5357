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
        report.Iterates.Skip(1).Should().OnlyContain(iterate => iterate.IsPositiveDefinite == Verdict.Proved && iterate.ParametersFollow);
        foreach ((_, CertifiedError error) in report.Worst) error.Relative.Should().BeInRange(1e-18, 1e-9, error.Quantity.ToString());
    }

    [Theory, InlineData(0), InlineData(0.1), InlineData(1)]
    public void A_flow_is_within_the_documented_bounds_throughout(double damping)
    {
        RecordedRun run = TraceReader.Read(RecordedRuns.Flow(rows: 60, inputs: 3, hidden: 4, damping: damping, duration: 0.05), "trace");
        CrossCheckReport report = new CrossCheck(run).Run();
        report.IsWithinBounds.Should().Be(Verdict.Proved, Describe(report));
    }

    private static string Describe(CrossCheckReport report) =>
        string.Join('\n', report.Worst.Select(worst => $"{worst.Error.Quantity} at {worst.At.Iteration}: {worst.Error.Relative:E2} of {worst.Error.Bound:E2}, lambda_min {worst.At.SmallestEigenvalue:E2}, bits {worst.At.Bits}"));
}
