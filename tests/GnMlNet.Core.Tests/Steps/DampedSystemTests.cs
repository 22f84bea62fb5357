using CsCheck;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Tests.Dynamics;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Steps;

public class DampedSystemTests
{
    public static TheoryData<int, int, double> Sizes => new()
    {
        { 40, 3, 0 }, { 40, 3, 1e-6 }, { 40, 3, 0.5 }, { 40, 3, 1 }, { 8, 5, 1e-4 }, { 8, 5, 0.5 }, { 8, 5, 1 }, { 600, 4, 0.1 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Every_form_gives_the_direction_of_the_written_out_equations(int rows, int hidden, double damping)
    {
        NullifiedNetworkModel model = Problems.NullifiedModel(rows, hidden);
        double[] w = Problems.RandomVector(model.ParameterCount, new Random(3)), u = Problems.RandomVector(rows, new Random(4));
        model.MoveTo(w);
        Matrix<double> j = Problems.Jacobian(model);
        var h = ((1 - damping) * j.TransposeThisAndMultiply(j)) + (damping * Matrix<double>.Build.DenseIdentity(model.ParameterCount));
        double[] expected = h.Solve(j.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(u))).ToArray();
        // The dual form solves a system of its own, whose condition is worse where there are more rows than parameters.
        var k = ((1 - damping) * j * j.Transpose()) + (damping * Matrix<double>.Build.DenseIdentity(rows));

        foreach (StepForm form in Enum.GetValues<StepForm>())
        {
            if (form == StepForm.Dual && damping == 0) continue;
            double condition = (form == StepForm.Dual ? k : h).ConditionNumber();
            GaussNewtonFlow flow = Flow(model, damping, form);
            flow.TryPrecondition(u).Should().BeTrue();
            IntegrationOrderTests.Distance(flow.Direction, expected).Should().BeLessThan(1e-14 * condition * (1 + Norm(expected)), form.ToString());
        }
    }

    [Fact]
    public void With_damping_one_the_direction_is_the_gradient_bit_for_bit()
    {
        NullifiedNetworkModel model = Problems.NullifiedModel(30, 4);
        double[] u = Problems.RandomVector(30, new Random(4)), gradient = new double[model.ParameterCount];
        model.MultiplyTransposed(u, gradient);
        foreach (StepForm form in Enum.GetValues<StepForm>())
        {
            GaussNewtonFlow flow = Flow(model, 1, form);
            flow.TryPrecondition(u).Should().BeTrue();
            flow.Direction.Should().Equal(gradient);
        }
    }

    [Fact]
    public void A_repeated_column_is_rank_deficient_and_the_pseudoinverse_then_gives_the_shortest_direction()
    {
        var random = new Random(6);
        Matrix<double> a = Matrix<double>.Build.Dense(10, 4, (_, _) => random.NextDouble());
        a.SetColumn(3, a.Column(1));
        var model = new LinearModel(a);
        double[] u = Problems.RandomVector(10, new Random(7));

        Flow(model, 0, StepForm.Primal).TryPrecondition(u).Should().BeFalse();
        GaussNewtonFlow shortest = Flow(model, 0, StepForm.Primal, allowRankLoss: true);
        shortest.TryPrecondition(u).Should().BeTrue();
        IntegrationOrderTests.Distance(shortest.Direction, (a.PseudoInverse() * Vector<double>.Build.DenseOfArray(u)).ToArray()).Should().BeLessThan(1e-12);
    }

    [Fact]
    public void A_model_of_ones_own_has_the_weighted_kernel_and_the_forms_of_its_columns() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int).Sample((rows, columns, seed) =>
    {
        var random = new Random(seed);
        var a = Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextDouble() - 0.5);
        double[] weights = [.. Enumerable.Range(0, columns).Select(_ => random.NextDouble())];
        var model = new LinearModel(a);
        var kernel = new SymmetricMatrix(rows);
        model.WeightedKernel(kernel, weights);
        Matrix<double> expected = a * Matrix<double>.Build.DiagonalOfDiagonalArray(weights) * a.Transpose();
        var matrix = new RowMatrix(rows, rows);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                kernel[i, j].Should().BeApproximately(expected[i, j], 1e-14 * columns);
                matrix.Row(i)[j] = matrix.Row(j)[i] = expected[i, j] + (i == j ? 1 : 0);
            }
        }

        var forms = new double[columns];
        model.ColumnForms(matrix, forms);
        for (int k = 0; k < columns; k++) forms[k].Should().BeApproximately((a.Column(k) * (expected * a.Column(k))) + (a.Column(k) * a.Column(k)), 1e-13 * rows);
    });

    [Fact]
    public void Rank_does_not_depend_on_the_units_of_the_parameters()
    {
        var random = new Random(6);
        Matrix<double> a = Matrix<double>.Build.Dense(10, 4, (_, k) => random.NextDouble() * Math.Pow(1e5, k));
        var model = new LinearModel(a);
        Flow(model, 0, StepForm.Primal).TryPrecondition(Problems.RandomVector(10, new Random(7))).Should().BeTrue();
    }

    /// <summary>A network of few rows with penalties apart from the biases, at a random point: what the products of every model must agree on.</summary>
    [Fact]
    public void Products_of_the_Jacobian_agree_with_one_another() => Gen.Select(Gen.Int[1, 4], Gen.Int[1, 6], Gen.Int[1, 600], Gen.Int).Sample(
        (inputs, hidden, rows, seed) =>
        {
            PenalizedLeastSquares objective = Problems.Objective(Problems.NoisyTable(rows, inputs, seed), hidden);
            double[] theta = Problems.RandomVector(objective.ParameterCount, new Random(seed)), v = Problems.RandomVector(objective.ParameterCount, new Random(seed + 1));
            objective.MoveTo(theta);
            Matrix<double> j = Problems.Jacobian(objective);
            double[] product = new double[v.Length], squares = new double[v.Length], residuals = new double[rows], gradient = new double[v.Length];
            // An evaluation elsewhere changes nothing: the model stays at its point.
            objective.LossAndGradient(v, gradient);
            objective.MultiplyGram(v, product);
            IntegrationOrderTests.Distance(product, (j.TransposeThisAndMultiply(j) * Vector<double>.Build.DenseOfArray(v)).ToArray()).Should().BeLessThan(1e-12 * (1 + Norm(product)));
            objective.SquareColumns(squares);
            for (int i = 0; i < squares.Length; i++) squares[i].Should().BeApproximately(j.Column(i).DotProduct(j.Column(i)), 1e-12 * (1 + squares[i]));
            objective.Value(residuals);
            objective.MeanSquaredError(theta).Should().BeApproximately(residuals.Sum(r => r * r), 1e-12 * (1 + objective.MeanSquaredError(theta)));
        },
        iter: 20);

    [Fact]
    public void Without_the_matrix_a_column_of_zeros_is_no_obstacle_to_a_flow_without_damping()
    {
        var random = new Random(6);
        Matrix<double> a = Matrix<double>.Build.Dense(10, 4, (_, k) => k == 2 ? 0 : random.NextDouble());
        double[] u = Problems.RandomVector(10, new Random(7)), squares = new double[4];
        var model = new LinearModel(a);
        GaussNewtonFlow flow = Flow(model, 0, StepForm.MatrixFree);
        flow.TryPrecondition(u).Should().BeTrue();
        IntegrationOrderTests.Distance(flow.Direction, (a.PseudoInverse() * Vector<double>.Build.DenseOfArray(u)).ToArray()).Should().BeLessThan(1e-10);

        model.SquareColumns(squares);
        for (int i = 0; i < 4; i++) squares[i].Should().BeApproximately(a.Column(i).DotProduct(a.Column(i)), 1e-14);
    }

    private static GaussNewtonFlow Flow(DifferentiableModel model, double damping, StepForm form, bool allowRankLoss = false) =>
        new(model, new QuadraticLoss(new double[model.OutputCount]), scale: 1, damping, form, allowRankLoss);

    private static double Norm(double[] a) => Math.Sqrt(a.Sum(x => x * x));
}
