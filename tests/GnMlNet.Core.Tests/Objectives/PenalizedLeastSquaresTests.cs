using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;

namespace GnMlNet.Core.Tests.Objectives;

public class PenalizedLeastSquaresTests
{
    private static readonly Gen<(int Inputs, int Hidden, int Rows, int Seed)> Cases = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 6], Gen.Int[1, 600], Gen.Int);

    [Theory, InlineData("Tanh"), InlineData("Logistic")]
    public void The_Jacobian_agrees_with_central_differences_to_1e_8(string name)
    {
        Activation activation = Activation.All.Single(a => a.Name == name);
        Cases.Sample(
            (inputs, hidden, rows, seed) =>
            {
                RegressionData data = Problems.NoisyTable(rows, inputs, seed);
                PenalizedLeastSquares objective = Problems.Objective(data, hidden, activation: activation);
                double[] theta = Problems.RandomVector((int)objective.Shape.ParameterCount, new Random(seed));
                int row = new Random(seed).Next(rows);
                double[] features = [.. Problems.Rows(data).ElementAt(row).Features.Zip(Standardization.Measure(data).Features, (x, scale) => scale.Standardize(x))];

                double[] jacobian = objective.JacobianRow(row, theta);
                double[] differences = [.. Enumerable.Range(0, theta.Length).Select(i => CentralDifference(theta, i, t => new Network(objective.Shape, activation, t).Predict(features)))];

                double error = Math.Sqrt(jacobian.Zip(differences, (a, b) => (a - b) * (a - b)).Sum());
                error.Should().BeLessThan(1e-8 * Math.Sqrt(jacobian.Sum(a => a * a)));
            },
            iter: 50);
    }

    [Fact]
    public void The_gradient_is_half_the_derivative_of_the_loss() => Cases.Sample(
        (inputs, hidden, rows, seed) =>
        {
            PenalizedLeastSquares objective = Problems.Objective(Problems.NoisyTable(rows, inputs, seed, weight: j => 1 + (j % 3)), hidden);
            double[] theta = Problems.RandomVector((int)objective.Shape.ParameterCount, new Random(seed));
            (double loss, double[] gradient, _) = objective.Linearize(theta);

            double[] differences = [.. Enumerable.Range(0, theta.Length).Select(i => CentralDifference(theta, i, t => objective.Loss(t)) / 2)];
            double error = Math.Sqrt(gradient.Zip(differences, (a, b) => (a - b) * (a - b)).Sum());
            error.Should().BeLessThan(1e-8 * (1 + Math.Sqrt(differences.Sum(a => a * a))));
            loss.Should().BeApproximately(objective.Loss(theta), 1e-13 * loss);
        },
        iter: 30);

    [Fact]
    public void The_matrix_is_the_weighted_Gram_matrix_of_the_Jacobian_plus_the_penalty() => Cases.Sample(
        (inputs, hidden, rows, seed) =>
        {
            RegressionData data = Problems.NoisyTable(rows, inputs, seed, weight: j => 0.5 + (j % 4));
            PenalizedLeastSquares objective = Problems.Objective(data, hidden, penalty: 0.3);
            double[] theta = Problems.RandomVector((int)objective.Shape.ParameterCount, new Random(seed));
            SymmetricMatrix matrix = objective.Linearize(theta).Matrix;

            double[] weights = [.. Problems.Rows(data).Select(row => row.Weight)];
            double total = weights.Sum();
            double[][] jacobian = [.. Enumerable.Range(0, rows).Select(j => objective.JacobianRow(j, theta, weights[j] / total))];
            for (int a = 0; a < theta.Length; a += 3)
            {
                for (int b = 0; b <= a; b += 2)
                {
                    double expected = Enumerable.Range(0, rows).Sum(j => weights[j] / total * jacobian[j][a] * jacobian[j][b]);
                    if (a == b && !objective.Shape.IsBias(a)) expected += 0.3;
                    matrix[a, b].Should().BeApproximately(expected, 1e-11 * (1 + Math.Abs(expected)));
                }
            }
        },
        iter: 10);

    [Fact]
    public void Where_every_block_of_rows_is_the_same_a_sample_gives_the_matrix_of_all_rows() => Gen.Select(Gen.Int[0, 5], Gen.Int[1, 6], Gen.Int).Sample(
        (first, count, seed) =>
        {
            const int blocks = 6, rows = 256;
            RegressionData block = Problems.NoisyTable(rows, 2, seed, weight: j => 1 + (j % 3));
            var repeated = new RegressionData(2);
            for (int copy = 0; copy < blocks; copy++)
            {
                foreach ((double[] x, double y, double w) in Problems.Rows(block)) repeated.Add(x, y, w);
            }

            PenalizedLeastSquares objective = Problems.Objective(repeated, 3);
            double[] theta = Problems.RandomVector((int)objective.Shape.ParameterCount, new Random(seed));
            var all = objective.Linearize(theta);
            var sampled = objective.Linearize(theta, new CurvatureSample(new RowSample(first, count, blocks), SinglePrecision: false));
            for (int a = 0; a < theta.Length; a++)
            {
                for (int b = 0; b <= a; b++) sampled.Matrix[a, b].Should().BeApproximately(all.Matrix[a, b], 1e-12 * (1 + Math.Abs(all.Matrix[a, b])));
            }
        },
        iter: 20);

    [Theory, InlineData(false), InlineData(true)]
    public void Without_biases_and_with_a_fixed_output_layer_the_gradient_is_still_half_the_derivative_of_the_loss(bool trainsOutputLayer) => Cases.Sample(
        (inputs, hidden, rows, seed) =>
        {
            RegressionData data = Problems.NoisyTable(rows, inputs, seed);
            var shape = new NetworkShape(inputs, hidden, HasBiases: false);
            var objective = new PenalizedLeastSquares(BlockedRows.Of(data), shape, Activation.Tanh, 0.1, threads: 1, trainsOutputLayer);
            double[] theta = Problems.RandomVector((int)shape.ParameterCount, new Random(seed));
            (double loss, double[] gradient, SymmetricMatrix matrix) = objective.Linearize(theta);

            gradient.Should().HaveCount(trainsOutputLayer ? hidden * (inputs + 1) : hidden * inputs);
            matrix.Size.Should().Be(gradient.Length);
            double[] differences = [.. Enumerable.Range(0, gradient.Length).Select(i => CentralDifference(theta, i, t => objective.Loss(t)) / 2)];
            double error = Math.Sqrt(gradient.Zip(differences, (a, b) => (a - b) * (a - b)).Sum());
            error.Should().BeLessThan(1e-8 * (1 + Math.Sqrt(differences.Sum(a => a * a))));
            double meanSquare = Problems.Rows(data).Average(row => Math.Pow(new Network(shape, Activation.Tanh, theta).Predict(row.Features) - row.Label, 2));
            (loss - objective.Penalty(theta)).Should().BeApproximately(meanSquare, 1e-12 * meanSquare);
        },
        iter: 20);

    [Fact]
    public void The_number_of_threads_changes_no_bit() => Cases.Sample(
        (inputs, hidden, rows, seed) =>
        {
            RegressionData data = Problems.NoisyTable(rows * 10, inputs, seed);
            PenalizedLeastSquares one = Problems.Objective(data, hidden, threads: 1), three = Problems.Objective(data, hidden, threads: 3);
            double[] theta = Problems.RandomVector((int)one.Shape.ParameterCount, new Random(seed));
            var first = one.Linearize(theta);
            var second = three.Linearize(theta);
            second.Loss.Should().Be(first.Loss);
            second.Gradient.Should().Equal(first.Gradient);
            for (int i = 0; i < theta.Length; i++) second.Matrix.Row(i).SequenceEqual(first.Matrix.Row(i)).Should().BeTrue();
        },
        iter: 20);

    /// <summary>Central differences of sixth order with a step where truncation (h^6) and rounding (1e-16 / h) are both below 1e-12.</summary>
    private static double CentralDifference(double[] at, int index, Func<double[], double> function)
    {
        const double h = 0.01;
        double Shifted(int steps)
        {
            double[] point = [.. at];
            point[index] += steps * h;
            return function(point);
        }

        return ((45 * (Shifted(1) - Shifted(-1))) - (9 * (Shifted(2) - Shifted(-2))) + (Shifted(3) - Shifted(-3))) / (60 * h);
    }
}
