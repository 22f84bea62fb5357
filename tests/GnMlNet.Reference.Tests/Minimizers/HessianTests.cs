using GnMlNet.Balls;
using GnMlNet.Balls.Matrices;
using GnMlNet.Reference.Minimizers;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Minimizers;

public class HessianTests
{
    [Theory, InlineData(1, Sigmoid.Tanh), InlineData(2, Sigmoid.Logistic), InlineData(3, Sigmoid.Tanh)]
    public void The_Hessian_is_the_derivative_of_the_gradient_and_the_gradient_that_of_the_objective(int seed, Sigmoid activation)
    {
        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(seed, units: 3, activation);
        double[] weights = SmallObjectives.Weights(seed, 3, size: 2);
        Dyadic[] theta = [.. weights.Select(Dyadic.FromDouble)];
        var objective = new TrainingObjective(run, penalties);
        var plain = new PlainObjective(run, penalties);
        ObjectivePoint at = objective.At(ParameterBall.Exact(weights), 192);
        HessianEnclosure hessian = objective.HessianAt(at.Point);
        hessian.Error.ToDouble().Should().BeLessThan(1e-30);
        Dyadic[,] differences = plain.Hessian(theta);
        Dyadic[] gradient = plain.Gradient(theta);
        (plain.Value(theta) - at.Objective.Midpoint).Abs().ToDouble().Should().BeLessThan(1e-40);
        for (int i = 0; i < theta.Length; i++)
        {
            (gradient[i] - at.Point.Gradient[i]).Abs().ToDouble().Should().BeLessThan(1e-40);
            // The second derivatives of the outputs among them: with another sign of theirs this fails.
            for (int k = 0; k < theta.Length; k++) (differences[i, k] - hessian.Matrix.At(i, k)).Abs().ToDouble().Should().BeLessThan(1e-30);
        }

        // The gradient is half that of the objective.
        Dyadic step = Dyadic.One << -100;
        for (int k = 0; k < theta.Length; k++)
        {
            Dyadic[] above = [.. theta], below = [.. theta];
            (above[k], below[k]) = (theta[k] + step, theta[k] - step);
            (((plain.Value(above) - plain.Value(below)) << 98) - gradient[k]).Abs().ToDouble().Should().BeLessThan(1e-25);
        }
    }

    [Theory, InlineData(Sigmoid.Tanh), InlineData(Sigmoid.Logistic)]
    public void No_two_Hessians_of_a_ball_differ_by_more_than_the_modulus_allows(Sigmoid activation)
    {
        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(4, units: 2, activation);
        double[] weights = SmallObjectives.Weights(8, 2, size: 2);
        var objective = new TrainingObjective(run, penalties);
        foreach (double radius in new[] { 0.25, 1.0 / 64, 1e-6 })
        {
            double modulus = HessianModulus.Over(objective.At(new ParameterBall([.. weights.Select(Dyadic.FromDouble)], Magnitude.Of(radius)), 64).Point, objective.Weights).ToDouble(), greatest = 0;
            for (int seed = 0; seed < 30; seed++)
            {
                double[] a = Near(weights, radius, seed), b = Near(weights, radius, seed + 1000);
                HessianEnclosure first = At(objective, a), second = At(objective, b);
                // A spectral norm is at least a Rayleigh quotient and each entry.
                ScaledIntegers difference = first.Matrix.Plus(second.Matrix.Times(-1));
                double distance = Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
                double norm = Math.Max(Math.Abs(LargestEigenvalue.Bound(difference.ToBall()).Lower.ToDouble()), Math.Abs(LargestEigenvalue.Bound(difference.Times(-1).ToBall()).Lower.ToDouble()));
                norm.Should().BeLessThanOrEqualTo((modulus * distance) + 1e-25);
                greatest = Math.Max(greatest, norm / distance);
            }

            // It says something: not a thousand times what is seen in a small ball.
            if (radius < 1e-5) modulus.Should().BeLessThan(100 * greatest);
        }
    }

    [Theory, InlineData(5, Sigmoid.Tanh), InlineData(6, Sigmoid.Logistic)]
    public void What_descends_in_doubles_sees_the_same_derivatives(int seed, Sigmoid activation)
    {
        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(seed, units: 3, activation);
        double[] weights = SmallObjectives.Weights(seed, 3, size: 2);
        var objective = new TrainingObjective(run, penalties);
        var approximate = new ApproximateObjective(objective);
        ObjectivePoint at = objective.At(ParameterBall.Exact(weights), 128);
        HessianEnclosure hessian = objective.HessianAt(at.Point);
        (double[] gradient, double[] matrix) = approximate.Derivatives(weights);
        (2 * approximate.Value(weights)).Should().BeApproximately(at.Objective.Midpoint.ToDouble(), 1e-13);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i].Should().BeApproximately(at.Point.Gradient[i].ToDouble(), 1e-13);
            for (int k = 0; k < gradient.Length; k++) matrix[(i * gradient.Length) + k].Should().BeApproximately(hessian.Matrix.At(i, k).ToDouble(), 1e-12);
        }
    }

    private static HessianEnclosure At(TrainingObjective objective, double[] weights) => objective.HessianAt(objective.At(ParameterBall.Exact(weights), 128).Point);

    private static double[] Near(double[] weights, double radius, int seed)
    {
        var random = new Random(seed);
        double[] direction = [.. weights.Select(_ => random.NextDouble() - 0.5)];
        double norm = Math.Sqrt(direction.Sum(entry => entry * entry)), length = 0.999 * radius * random.NextDouble();
        return [.. weights.Zip(direction, (weight, entry) => weight + (length * entry / norm))];
    }
}
