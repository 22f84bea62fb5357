using GnMlNet.Balls;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Theory;
using GnMlNet.Reference.Constants;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests;

public class ConstantsTests
{
    [Theory]
    [InlineData(60, 3, 4, "Tanh")]
    [InlineData(60, 3, 4, "Logistic")]
    [InlineData(5, 3, 30, "Tanh")]
    [InlineData(6, 2, 3, "Logistic")]
    public void The_enclosed_constants_of_a_flow_hold_what_the_core_computes_another_way(int rows, int inputs, int hidden, string name)
    {
        Activation activation = Activation.All.Single(known => known.Name == name);
        RecordedRun run = TraceReader.Read(RecordedRuns.Flow(rows, inputs, hidden, damping: 0.1, duration: 0.01, activation: activation), "trace");
        FlowConstants constants = FlowConstants.Enclose(run);
        double[] x = [.. run.Rows.SelectMany(row => row.X)];

        RecordedIterate start = run.Iterates[0];
        Near(constants.SmallestEigenvalue, start.SmallestEigenvalue, 1e-9);
        Near(constants.LargestEigenvalue, start.LargestEigenvalue, 1e-12);
        Near(constants.Lambda0, LinearizationSpectrum.Lambda0([start.SmallestEigenvalue, start.LargestEigenvalue]), 1e-9);
        Near(constants.LambdaN, LinearizationSpectrum.LambdaN([start.SmallestEigenvalue, start.LargestEigenvalue]), 1e-12);
        Near(constants.InitialLoss, run.Rows.Sum(row => row.Weight * row.Y * row.Y), 1e-12);
        constants.LipschitzModulus.Lower.ToDouble().Should().BeApproximately(JacobianModulus.LowerBound(activation.CurvatureBound, x, inputs), 1e-9);
        constants.LipschitzModulus.Upper.ToDouble().Should().BeApproximately(JacobianModulus.UpperBound(activation.CurvatureBound, x, inputs), 1e-9);
    }

    [Fact]
    public void Only_a_flow_has_them() =>
        FluentActions.Invoking(() => FlowConstants.Enclose(TraceReader.Read(RecordedRuns.Training(rows: 20, inputs: 2, hidden: 2, iterations: 1), "trace"))).Should().Throw<ArgumentException>();

    private static void Near(Ball ball, double value, double share)
    {
        (ball.Radius <= Magnitude.Of(1e-12 * value)).Should().BeTrue();
        ball.Midpoint.ToDouble().Should().BeApproximately(value, share * value);
    }
}
