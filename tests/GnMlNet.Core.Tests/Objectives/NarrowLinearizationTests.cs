using CsCheck;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Objectives;

public class NarrowLinearizationTests
{
    private static readonly Gen<(string Activation, int Inputs, int Hidden, int Rows, int Seed)> Cases =
        Gen.Select(Gen.OneOfConst("Tanh", "Logistic"), Gen.Int[1, 6], Gen.Int[1, 8], Gen.Int[1, 1300], Gen.Int);

    [Fact]
    public void Products_squares_and_blocks_are_those_of_the_Gram_matrix_in_double() => Cases.Sample(
        (name, inputs, hidden, rows, seed) =>
        {
            (PenalizedLeastSquares objective, double[] theta) = Problem(name, inputs, hidden, rows, seed);
            var gram = new SymmetricMatrix(theta.Length);
            objective.Gram(gram);
            NarrowLinearization narrow = objective.LinearizeNarrowly();
            double[] v = Problems.RandomVector(theta.Length, new Random(seed)), product = new double[theta.Length], squares = new double[theta.Length];
            narrow.MultiplyGram(v, product);
            narrow.SquareColumns(squares);
            double tolerance = 1e-5 * Enumerable.Range(0, theta.Length).Max(i => gram[i, i]) * Math.Sqrt(theta.Length);
            for (int a = 0; a < theta.Length; a++)
            {
                product[a].Should().BeApproximately(Enumerable.Range(0, theta.Length).Sum(b => gram[a, b] * v[b]), tolerance);
                squares[a].Should().BeApproximately(gram[a, a], tolerance);
            }

            var blocks = new UnitBlocks(hidden, inputs + 1);
            narrow.UnitGram(blocks);
            ShouldBe(blocks, (a, b) => gram[a, b], tolerance);
        },
        iter: 40);

    [Fact]
    public void The_curvature_of_the_residuals_is_what_the_Gram_matrix_leaves_out_of_half_the_second_derivatives() => Cases.Sample(
        (name, inputs, hidden, rows, seed) =>
        {
            (PenalizedLeastSquares objective, double[] theta) = Problem(name, inputs, hidden, rows, seed);
            var gram = new SymmetricMatrix(theta.Length);
            objective.Gram(gram);
            var blocks = new UnitBlocks(hidden, inputs + 1);
            objective.LinearizeNarrowly().ResidualCurvature(blocks);
            Matrix<double> half = Matrix<double>.Build.DenseOfColumns(Enumerable.Range(0, theta.Length).Select(i => Derivative(objective, theta, i)));
            ShouldBe(blocks, (a, b) => half[a, b] - gram[a, b] - (a == b && !objective.Shape.IsBias(a) ? 0.01 : 0), 2e-5 * (1 + half.InfinityNorm()));
            // Between parameters of different units nothing is left out.
            if (hidden > 1) (half[0, inputs + 1] - gram[0, inputs + 1]).Should().BeApproximately(0, 1e-6 * (1 + half.InfinityNorm()));
        },
        iter: 25);

    [Fact]
    public void An_evaluation_keeps_what_a_pass_of_its_own_would_make()
    {
        (PenalizedLeastSquares objective, double[] theta) = Problem("Tanh", 3, 5, 900, 1);
        double[] v = Problems.RandomVector(theta.Length, new Random(2)), other = Problems.RandomVector(theta.Length, new Random(3));
        double[] Product()
        {
            var product = new double[theta.Length];
            objective.LinearizeNarrowly().MultiplyGram(v, product);
            return product;
        }

        double[] fresh = Product();
        var gradient = new double[theta.Length];
        objective.LossAndGradient(theta, gradient);
        Product().Should().Equal(fresh);
        // A trial elsewhere changes nothing here.
        objective.LossAndGradient(other, gradient);
        Product().Should().Equal(fresh);
    }

    [Theory, InlineData(2), InlineData(5)]
    public void Bits_do_not_depend_on_the_threads(int threads)
    {
        double[] Results(int count)
        {
            PenalizedLeastSquares objective = Problems.Objective(Problems.NoisyTable(2000, 3, 4), 6, threads: count);
            double[] theta = Problems.RandomVector(objective.ParameterCount, new Random(5)), product = new double[theta.Length];
            objective.MoveTo(theta);
            NarrowLinearization narrow = objective.LinearizeNarrowly();
            narrow.MultiplyGram(theta, product);
            var blocks = new UnitBlocks(6, 4);
            narrow.ResidualCurvature(blocks);
            return [.. product, .. blocks.Values];
        }

        Results(threads).Should().Equal(Results(1));
    }

    private static (PenalizedLeastSquares Objective, double[] Theta) Problem(string activation, int inputs, int hidden, int rows, int seed)
    {
        PenalizedLeastSquares objective = Problems.Objective(Problems.NoisyTable(rows, inputs, seed, weight: j => 1 + (j % 3)), hidden, activation: Activation.All.Single(a => a.Name == activation));
        double[] theta = Problems.RandomVector(objective.ParameterCount, new Random(seed));
        objective.MoveTo(theta);
        return (objective, theta);
    }

    /// <summary>The derivative of the gradient by a parameter, by central differences.</summary>
    private static double[] Derivative(PenalizedLeastSquares objective, double[] theta, int i)
    {
        const double h = 1e-5;
        double[] At(double shift)
        {
            double[] moved = [.. theta], gradient = new double[theta.Length];
            moved[i] += shift;
            objective.LossAndGradient(moved, gradient);
            return gradient;
        }

        return [.. At(h).Zip(At(-h), (above, below) => (above - below) / (2 * h))];
    }

    private static void ShouldBe(UnitBlocks blocks, Func<int, int, double> entry, double tolerance)
    {
        for (int i = 0; i < blocks.Units; i++)
        {
            for (int a = 0; a < blocks.Size; a++)
            {
                for (int b = 0; b < blocks.Size; b++) blocks.Block(i)[(a * blocks.Size) + b].Should().BeApproximately(entry(blocks.Parameter(i, a), blocks.Parameter(i, b)), tolerance);
            }
        }
    }
}
