using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Dynamics;

public class PreconditionerTests
{
    public static TheoryData<int, int, double> Problems => new()
    {
        { 40, 3, 0 }, { 40, 3, 1e-6 }, { 40, 3, 0.5 }, { 40, 3, 1 }, { 8, 5, 1e-4 }, { 8, 5, 0.5 }, { 8, 5, 1 }, { 600, 4, 0.1 },
    };

    [Theory, MemberData(nameof(Problems))]
    public void Every_form_gives_the_direction_of_the_written_out_equations(int rows, int hidden, double damping)
    {
        NullifiedNetworkModel model = Network(rows, hidden);
        double[] w = Tests.Problems.RandomVector(model.ParameterCount, new Random(3)), u = Tests.Problems.RandomVector(rows, new Random(4));
        model.MoveTo(w);
        Matrix<double> j = Jacobian(model);
        var h = ((1 - damping) * j.TransposeThisAndMultiply(j)) + (damping * Matrix<double>.Build.DenseIdentity(model.ParameterCount));
        double[] expected = h.Solve(j.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(u))).ToArray();
        // The dual form solves a system of its own, whose condition is worse where there are more rows than parameters.
        var k = ((1 - damping) * j * j.Transpose()) + (damping * Matrix<double>.Build.DenseIdentity(rows));

        var jtu = new double[model.ParameterCount];
        model.MultiplyTransposed(u, jtu);
        foreach (StepForm form in Enum.GetValues<StepForm>())
        {
            if (form == StepForm.Dual && damping == 0) continue;
            double condition = (form == StepForm.Dual ? k : h).ConditionNumber();
            var direction = new double[model.ParameterCount];
            Preconditioner.Create(model, damping, form).TryApply(u, jtu, direction).Should().BeTrue();
            IntegrationOrderTests.Distance(direction, expected).Should().BeLessThan(1e-14 * condition * (1 + Norm(expected)), form.ToString());
        }
    }

    [Fact]
    public void With_damping_one_the_direction_is_the_gradient_bit_for_bit()
    {
        NullifiedNetworkModel model = Network(30, 4);
        double[] u = Tests.Problems.RandomVector(30, new Random(4)), gradient = new double[model.ParameterCount];
        model.MultiplyTransposed(u, gradient);
        foreach (StepForm form in Enum.GetValues<StepForm>())
        {
            var direction = new double[model.ParameterCount];
            Preconditioner.Create(model, 1, form).TryApply(u, gradient, direction).Should().BeTrue();
            direction.Should().Equal(gradient);
        }
    }

    [Fact]
    public void A_repeated_column_is_rank_deficient_and_the_pseudoinverse_then_gives_the_shortest_direction()
    {
        var random = new Random(6);
        Matrix<double> a = Matrix<double>.Build.Dense(10, 4, (_, _) => random.NextDouble());
        a.SetColumn(3, a.Column(1));
        var model = new LinearModel(a);
        double[] u = Tests.Problems.RandomVector(10, new Random(7)), jtu = a.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(u)).ToArray(), direction = new double[4];

        Preconditioner.Create(model, 0, StepForm.Primal).TryApply(u, jtu, direction).Should().BeFalse();
        Preconditioner.Create(model, 0, StepForm.Primal, allowRankLoss: true).TryApply(u, jtu, direction).Should().BeTrue();
        IntegrationOrderTests.Distance(direction, (a.PseudoInverse() * Vector<double>.Build.DenseOfArray(u)).ToArray()).Should().BeLessThan(1e-12);
    }

    [Fact]
    public void Rank_does_not_depend_on_the_units_of_the_parameters()
    {
        var random = new Random(6);
        Matrix<double> a = Matrix<double>.Build.Dense(10, 4, (_, k) => random.NextDouble() * Math.Pow(1e5, k));
        var model = new LinearModel(a);
        double[] u = Tests.Problems.RandomVector(10, new Random(7)), jtu = a.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(u)).ToArray();
        Preconditioner.Create(model, 0, StepForm.Primal).TryApply(u, jtu, new double[4]).Should().BeTrue();
    }

    internal static NullifiedNetworkModel Network(int rows, int hidden, int inputs = 3, int seed = 1, Activation? activation = null)
    {
        var random = new Random(seed);
        RegressionData data = Tests.Problems.Table(rows, inputs, random, x => x[0]);
        return new NullifiedNetworkModel(data, SignedInitialization.Draw(inputs, hidden, activation ?? Activation.Tanh, random));
    }

    /// <summary>J, one column a product.</summary>
    internal static Matrix<double> Jacobian(DifferentiableModel model)
    {
        var j = Matrix<double>.Build.Dense(model.OutputCount, model.ParameterCount);
        for (int k = 0; k < model.ParameterCount; k++)
        {
            double[] unit = new double[model.ParameterCount], column = new double[model.OutputCount];
            unit[k] = 1;
            model.Multiply(unit, column);
            j.SetColumn(k, column);
        }

        return j;
    }

    private static double Norm(double[] a) => Math.Sqrt(a.Sum(x => x * x));
}
