using CsCheck;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;

namespace GnMlNet.Core.Tests.Steps;

public class LevenbergMarquardtStepTests
{
    private static readonly Gen<(Linearization Model, double Damping)> Cases = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Int, Gen.Double[1e-6, 10]).Select((inputs, hidden, seed, damping) =>
    {
        PenalizedLeastSquares objective = Problems.Objective(Problems.NoisyTable(80, inputs, seed), hidden);
        var model = new Linearization((int)objective.Shape.ParameterCount);
        objective.Linearize(Problems.RandomVector(model.Size, new Random(seed)), model);
        return (model, damping);
    });

    [Fact]
    public void The_step_solves_the_damped_normal_equations() => Cases.Sample((model, damping) =>
    {
        double[] step = Step(model, damping).Direction;
        for (int i = 0; i < model.Size; i++)
        {
            double left = (damping * step[i]) + Enumerable.Range(0, model.Size).Sum(j => model.Matrix[i, j] * step[j]);
            left.Should().BeApproximately(-model.Gradient[i], 1e-9);
        }
    });

    [Fact]
    public void The_predicted_reduction_is_that_of_the_quadratic_model() => Cases.Sample((model, damping) =>
    {
        LevenbergMarquardtStep step = Step(model, damping);
        double[] s = step.Direction;
        double linear = 0, quadratic = 0;
        for (int i = 0; i < model.Size; i++)
        {
            linear += model.Gradient[i] * s[i];
            for (int j = 0; j < model.Size; j++) quadratic += s[i] * model.Matrix[i, j] * s[j];
        }

        step.PredictedReduction.Should().BeApproximately((-2 * linear) - quadratic, 1e-9 * (1 + Math.Abs(linear)));
        step.PredictedReduction.Should().BeGreaterThan(0);
    });

    [Fact]
    public void More_damping_gives_a_shorter_step_that_still_descends() => Cases.Sample((model, damping) =>
    {
        double[] weak = Step(model, damping).Direction, strong = Step(model, 4 * damping).Direction;
        Norm(strong).Should().BeLessThan(Norm(weak));
        strong.Zip(model.Gradient, (s, g) => s * g).Sum().Should().BeNegative();
    });

    private static LevenbergMarquardtStep Step(Linearization model, double damping)
    {
        var step = new LevenbergMarquardtStep(model.Size);
        step.TryCompute(model, damping).Should().BeTrue();
        return step;
    }

    private static double Norm(double[] v) => Math.Sqrt(v.Sum(x => x * x));
}
