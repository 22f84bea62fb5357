using CsCheck;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Steps;

public class InexactNewtonSystemTests
{
    // Few units: the preconditioner is a sample; many for the rows: the blocks of the units.
    [Theory, InlineData(8, true), InlineData(8, false), InlineData(300, true)]
    public void A_step_solves_the_written_out_equations_up_to_its_remainder_and_lowers_their_quadratic_model(int hidden, bool usesCurvature)
    {
        (PenalizedLeastSquares objective, double[] theta, double[] gradient) = Problem(hidden);
        InexactNewtonSystem system = System(objective, usesCurvature);
        new StepCosts(objective.Trained, objective.OutputCount).PrefersSample.Should().Be(hidden == 8);
        system.Assemble(objective.Penalties);
        double[] right = [.. gradient.Select(g => -g)], solution = new double[theta.Length], metric = Problems.RandomVector(theta.Length, new Random(8)).Select(value => 1 + (0.5 * value)).ToArray();
        system.SetRightSide([], [], right);
        system.TrySolve(1e-3, metric, solution).Should().BeTrue();
        system.HasFullRank.Should().BeTrue();
        system.Iterations.Should().BeInRange(1, 60);

        Vector<double> s = Vector<double>.Build.Dense(solution), b = Vector<double>.Build.Dense(right), product = Dense(objective, system, usesCurvature, 1e-3, metric) * s;
        Vector<double> remainder = Vector<double>.Build.Dense(system.Remainder.ToArray());
        (b - product - remainder).L2Norm().Should().BeLessThan(1e-4 * b.L2Norm());
        // Conjugate gradients make the remainder orthogonal to the solution, so that the model falls by half of b . s.
        (product * s).Should().BeApproximately(b * s, 1e-3 * (b * s));
        (b * s).Should().BePositive();
    }

    [Fact]
    public void Its_inverse_is_that_of_the_matrix_of_all_rows_and_stays_for_some_points()
    {
        (PenalizedLeastSquares objective, double[] theta, _) = Problem(8);
        InexactNewtonSystem system = System(objective, usesCurvature: false);
        double[] Diagonal()
        {
            system.Assemble(objective.Penalties);
            system.TryInvert().Should().BeTrue();
            return [.. Enumerable.Range(0, theta.Length).Select(system.InverseDiagonal)];
        }

        double[] first = Diagonal();
        var exact = new NormalSystem(objective);
        exact.Assemble(objective.Penalties);
        exact.TryInvert().Should().BeTrue();
        for (int i = 0; i < first.Length; i++) first[i].Should().BeApproximately(exact.InverseDiagonal(i), 1e-2 * exact.InverseDiagonal(i));

        objective.MoveTo([.. theta.Select(value => 1.5 * value)]);
        for (int k = 1; k < 10; k++) Diagonal().Should().Equal(first, "the matrix is that of an earlier point");
        Diagonal().Should().NotEqual(first, "it is too old");
    }

    [Fact]
    public void Preconditioned_conjugate_gradients_solve_any_positive_definite_system() => Gen.Select(Gen.Int[1, 40], Gen.Int).Sample(
        (size, seed) =>
        {
            var random = new Random(seed);
            Matrix<double> half = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextDouble() - 0.5), a = (half * half.Transpose()) + Matrix<double>.Build.DenseIdentity(size);
            var solver = new ConjugateGradients(size, (v, product) => (a * Vector<double>.Build.Dense(v)).AsArray().CopyTo(product, 0), vector =>
            {
                for (int i = 0; i < size; i++) vector[i] /= a[i, i];
            });
            double[] right = Problems.RandomVector(size, random), x = new double[size];
            foreach (RemainderNorm norm in Enum.GetValues<RemainderNorm>())
            {
                solver.Solve(right, 1e-11, norm, 10 * size, x).Should().BeTrue();
                solver.HasConverged.Should().BeTrue();
                ((a * Vector<double>.Build.Dense(x)) - Vector<double>.Build.Dense(right)).L2Norm().Should().BeLessThan(1e-9);
            }

            solver.Solve(right, 0, RemainderNorm.Euclidean, 1, x).Should().BeTrue();
            solver.HasConverged.Should().Be(size == 1 && solver.Remainder[0] == 0);
        },
        iter: 40);

    [Fact]
    public void Where_the_matrix_is_not_positive_definite_there_is_no_solution()
    {
        var solver = new ConjugateGradients(1, (v, product) => product[0] = -v[0], _ => { });
        solver.Solve([1], 0.1, RemainderNorm.Euclidean, 10, new double[1]).Should().BeFalse();
    }

    private static InexactNewtonSystem System(PenalizedLeastSquares objective, bool usesCurvature) => new(objective, new NormalSystem(objective)) { UsesCurvature = usesCurvature };

    private static (PenalizedLeastSquares Objective, double[] Theta, double[] Gradient) Problem(int hidden)
    {
        PenalizedLeastSquares objective = Problems.Objective(Problems.NoisyTable(700, 3, 4, weight: j => 1 + (j % 2)), hidden);
        double[] theta = Problems.RandomVector(objective.ParameterCount, new Random(5), hidden > 100 ? 0.2 : 1), gradient = new double[theta.Length];
        objective.LossAndGradient(theta, gradient);
        objective.MoveTo(theta);
        return (objective, theta, gradient);
    }

    private static Matrix<double> Dense(PenalizedLeastSquares objective, InexactNewtonSystem system, bool usesCurvature, double damping, double[] metric)
    {
        var gram = new SymmetricMatrix(metric.Length);
        objective.Gram(gram);
        if (usesCurvature)
        {
            var blocks = new UnitBlocks(objective.Shape.HiddenSize, objective.Shape.UnitLength);
            objective.LinearizeNarrowly().ResidualCurvature(blocks);
            blocks.TakePositiveParts();
            blocks.AddTo(gram);
            system.Assemble(objective.Penalties);
        }

        return Matrix<double>.Build.Dense(gram.Size, gram.Size, (a, b) => gram[a, b] + (a == b ? objective.Penalties[a] + (damping * metric[a]) : 0));
    }
}
