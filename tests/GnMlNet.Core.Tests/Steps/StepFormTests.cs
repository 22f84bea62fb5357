using CsCheck;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Steps;

public class StepFormTests
{
    private static readonly Gen<Situation> Situations = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 8], Gen.Int[1, 400], Gen.Double[0.001, 10], Gen.OneOfConst(0, 0.01, 1), Gen.Int)
        .Select((inputs, hidden, rows, damping, penalty, seed) => new Situation(inputs, hidden, rows, damping, penalty, seed));

    /// <summary>A point of a small problem, with the damping of a step.</summary>
    public sealed record Situation(int Inputs, int Hidden, int Rows, double Damping, double Penalty, int Seed)
    {
        internal PenalizedLeastSquares Objective => Problems.Objective(Problems.NoisyTable(Rows, Inputs, Seed, weight: j => 1 + (j % 3)), Hidden, Penalty);

        internal LevenbergMarquardtStep Take(StepForm form, DampingMetric metric, double damping, out double[] gradient)
        {
            PenalizedLeastSquares objective = Objective;
            var step = new LevenbergMarquardtStep(objective, form, metric);
            double[] theta = Problems.RandomVector((int)objective.Shape.ParameterCount, new Random(Seed));
            gradient = new double[theta.Length];
            objective.LossAndGradient(theta, gradient);
            step.Linearize(theta, gradient, CurvatureSample.Exact(objective.BlockCount));
            step.TryCompute(damping).Should().BeTrue();
            return step;
        }

        internal LevenbergMarquardtStep Take(StepForm form) => Take(form, DampingMetric.Identity, Damping, out _);
    }

    [Fact]
    public void The_primal_step_solves_the_damped_normal_equations() => Situations.Sample(
        c =>
        {
            LevenbergMarquardtStep step = c.Take(StepForm.Primal, DampingMetric.Identity, c.Damping, out double[] gradient);
            for (int i = 0; i < gradient.Length; i++)
            {
                double left = (c.Damping * step.Direction[i]) + Enumerable.Range(0, gradient.Length).Sum(j => step.Normal!.Matrix[i, j] * step.Direction[j]);
                left.Should().BeApproximately(-gradient[i], 1e-9);
            }
        },
        iter: 30);

    [Fact]
    public void The_dual_step_is_the_primal_step() => Situations.Sample(
        c =>
        {
            LevenbergMarquardtStep primal = c.Take(StepForm.Primal), dual = c.Take(StepForm.Dual);
            dual.Direction.Zip(primal.Direction, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-9 * (1 + Norm(primal.Direction)));
            dual.PredictedReduction.Should().BeApproximately(primal.PredictedReduction, 1e-9 * (1 + primal.PredictedReduction));
            dual.LargestDiagonal().Should().BeApproximately(primal.LargestDiagonal(), 1e-12 * primal.LargestDiagonal());
        },
        iter: 60);

    // One for each input column, the hidden biases, the output weights and the output bias, as under evidence regularization.
    private static double[] PenaltiesByGroup(PenalizedLeastSquares objective, int seed)
    {
        var random = new Random(seed);
        var groups = new ParameterGroups(objective.Trained);
        double[] ofGroups = [.. Enumerable.Range(0, groups.Count).Select(_ => Math.Exp((8 * random.NextDouble()) - 6))];
        return [.. Enumerable.Range(0, objective.Trained.Count).Select(i => ofGroups[groups[i]])];
    }

    [Fact]
    public void With_a_penalty_for_each_group_the_dual_step_is_the_primal_step_and_so_are_the_forms_of_the_inverse() => Situations.Sample(
        c =>
        {
            LevenbergMarquardtStep Take(StepForm form)
            {
                PenalizedLeastSquares objective = c.Objective;
                objective.SetPenalties(PenaltiesByGroup(objective, c.Seed));
                var step = new LevenbergMarquardtStep(objective, form, DampingMetric.Identity);
                double[] theta = Problems.RandomVector((int)objective.Shape.ParameterCount, new Random(c.Seed)), gradient = new double[theta.Length];
                objective.LossAndGradient(theta, gradient);
                step.Linearize(theta, gradient, CurvatureSample.Exact(objective.BlockCount));
                step.TryCompute(c.Damping).Should().BeTrue();
                // Other penalties at the same point, as a re-estimate sets them.
                objective.SetPenalties(PenaltiesByGroup(objective, c.Seed + 1));
                objective.LossAndGradient(theta, gradient);
                step.PenaltiesChanged(theta, gradient);
                step.TryCompute(c.Damping).Should().BeTrue();
                return step;
            }

            LevenbergMarquardtStep primal = Take(StepForm.Primal), dual = Take(StepForm.Dual);
            dual.Direction.Zip(primal.Direction, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-8 * (1 + Norm(primal.Direction)));
            dual.PredictedReduction.Should().BeApproximately(primal.PredictedReduction, 1e-8 * (1 + primal.PredictedReduction));
            (primal.System.TryInvert() && dual.System.TryInvert()).Should().BeTrue();
            var groups = new ParameterGroups(c.Objective.Trained);
            double[] ofPrimal = groups.Sum(primal.System.InverseDiagonal), ofDual = groups.Sum(dual.System.InverseDiagonal);
            for (int g = 0; g < groups.Count; g++) ofDual[g].Should().BeApproximately(ofPrimal[g], 1e-8 * (1 + ofPrimal[g]));
            double[] vector = Problems.RandomVector(dual.Direction.Length, new Random(c.Seed + 2));
            double form = primal.System.InverseForm(vector);
            dual.System.InverseForm(vector).Should().BeApproximately(form, 1e-7 * (1 + form));
        },
        iter: 60);

    [Theory, InlineData(false), InlineData(true)]
    public void The_matrix_free_step_leaves_a_tenth_of_the_gradient_at_most_and_knows_what_it_is_worth(bool tempered) => Situations.Sample(
        c =>
        {
            DampingMetric metric = tempered ? DampingMetric.TemperedDiagonal : DampingMetric.Identity;
            LevenbergMarquardtStep step = c.Take(StepForm.MatrixFree, metric, c.Damping, out double[] gradient);
            LevenbergMarquardtStep primal = c.Take(StepForm.Primal);
            double[] product = [.. Enumerable.Range(0, gradient.Length).Select(i => Enumerable.Range(0, gradient.Length).Sum(j => primal.Normal!.Matrix[i, j] * step.Direction[j]))];
            double worth = -(2 * Dot(gradient, step.Direction)) - Dot(product, step.Direction);
            step.PredictedReduction.Should().BeApproximately(worth, 1e-9 * (1 + worth));
            worth.Should().BePositive();
            if (tempered) return;
            Norm([.. product.Select((a, i) => a + (c.Damping * step.Direction[i]) + gradient[i])]).Should().BeLessThan((0.1 * Norm(gradient)) + 1e-12);
        },
        iter: 30);

    [Fact]
    public void The_predicted_reduction_is_that_of_the_quadratic_model() => Situations.Sample(
        c =>
        {
            LevenbergMarquardtStep step = c.Take(StepForm.Primal, DampingMetric.TemperedDiagonal, c.Damping, out double[] gradient);
            double[] s = step.Direction;
            double quadratic = Enumerable.Range(0, s.Length).Sum(i => Enumerable.Range(0, s.Length).Sum(j => s[i] * step.Normal!.Matrix[i, j] * s[j]));
            double worth = (-2 * Dot(gradient, s)) - quadratic;
            step.PredictedReduction.Should().BeApproximately(worth, 1e-9 * (1 + worth));
            step.PredictedReduction.Should().BePositive();
        },
        iter: 30);

    [Fact]
    public void More_damping_gives_a_shorter_step_that_still_descends() => Situations.Sample(
        c =>
        {
            double[] weak = c.Take(StepForm.Primal).Direction, strong = c.Take(StepForm.Primal, DampingMetric.Identity, 4 * c.Damping, out double[] gradient).Direction;
            Norm(strong).Should().BeLessThan(Norm(weak));
            Dot(strong, gradient).Should().BeNegative();
        },
        iter: 30);

    [Fact]
    public void The_form_is_the_cheaper_one_that_fits()
    {
        static StepForm Chosen(int inputs, int hidden, long rows, double limit) =>
            StepFormChoice.Choose(new TrainedParameters(new Core.Networks.NetworkShape(inputs, hidden)), rows, limit).Form;
        const double plenty = 1e12;
        Chosen(8, 30, 16_512, plenty).Should().Be(StepForm.Primal);
        Chosen(1_000, 100, 500, plenty).Should().Be(StepForm.Dual);
        // Matrices of 17,000 parameters take 4.6 gigabytes.
        Chosen(8, 1_700, 20_000, 2e9).Should().Be(StepForm.MatrixFree);
        Chosen(8, 1_700, 1_000, 2e9).Should().Be(StepForm.Dual);
    }

    [Fact]
    public void The_line_for_people_says_what_the_figures_say_and_no_more()
    {
        static StepFormChoice Of(StepForm form, double primalBytes, double dualBytes) => new(form, PrimalProducts: 3, DualProducts: 7, primalBytes, dualBytes, MemoryLimit: 100);
        Of(StepForm.Primal, 10, 10).ToString().Should().Be("Primal: 3.0E+000 products an iteration against 7.0E+000");
        Of(StepForm.Primal, 10, 200).ToString().Should().Contain("the dual form needs 2.0E+002 bytes");
        Of(StepForm.Dual, 200, 10).ToString().Should().Contain("the primal form needs 2.0E+002 bytes");
        Of(StepForm.MatrixFree, 200, 200).ToString().Should().Contain("1.0E+002 are allowed");
        foreach (StepFormChoice other in new[] { Of(StepForm.Dual, 10, 10), Of(StepForm.MatrixFree, 10, 10), Of(StepForm.Primal, 200, 10), Of(StepForm.Primal, 200, 200) })
            other.ToString().Should().StartWith($"{other.Form}: not by cost alone").And.Contain("3.0E+000").And.Contain("7.0E+000");
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] v) => Math.Sqrt(Dot(v, v));
}
