using GnMlNet.Balls;
using GnMlNet.Reference.Minimizers;
using GnMlNet.Reference.Networks;
using GnMlNet.Reference.Traces;

namespace GnMlNet.Reference.Tests.Minimizers;

public class NewtonKantorovichTests
{
    [Theory, InlineData(1, Sigmoid.Tanh, 0.0), InlineData(2, Sigmoid.Tanh, 1e-9), InlineData(3, Sigmoid.Tanh, 1e-7), InlineData(4, Sigmoid.Logistic, 0.0), InlineData(5, Sigmoid.Logistic, 1e-8), InlineData(6, Sigmoid.Tanh, 1e-12)]
    public void The_minimum_that_another_way_finds_is_where_the_certificate_says(int seed, Sigmoid activation, double moved)
    {
        (TrainingObjective objective, PlainObjective plain, double[] weights) = SmallObjectives.Minimum(seed, activation: activation);
        weights = Moved(weights, moved, seed);
        MinimizerCertificate certificate = NewtonKantorovich.Certify(objective, WeightsInUnits.Exactly(weights));
        certificate.Verdict.Should().Be(MinimizerVerdict.Certified);
        Dyadic[] start = [.. weights.Select(Dyadic.FromDouble)], minimum = plain.Newton(start);
        plain.Gradient(minimum).Max(entry => entry.Abs()).ToDouble().Should().BeLessThan(1e-35);

        double distance = PlainObjective.Distance(start, minimum);
        distance.Should().BeGreaterThan(0).And.BeLessThanOrEqualTo(certificate.Existence.ToDouble() * (1 + 1e-12));
        certificate.Existence.ToDouble().Should().BeLessThan(2.1 * distance, "a bound that says something");
        certificate.Existence.ToDouble().Should().BeLessThan(certificate.Uniqueness.ToDouble());
        Dyadic gap = plain.Value(start) - plain.Value(minimum);
        gap.Sign.Should().Be(1);
        (gap <= certificate.ObjectiveGap.ToDyadic()).Should().BeTrue();
        // A strict minimum: it rises on all sides.
        for (int k = 0; k < 20; k++)
        {
            Dyadic[] beside = [.. minimum.Zip(Moved(new double[minimum.Length], certificate.Uniqueness.ToDouble() / 2, k), (a, b) => a + Dyadic.FromDouble(b))];
            (plain.Value(beside) > plain.Value(minimum)).Should().BeTrue();
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7)]
    public void Weights_that_were_moved_away_are_refused_and_how_far_they_may_be_is_said(int seed)
    {
        (TrainingObjective objective, PlainObjective plain, double[] weights) = SmallObjectives.Minimum(seed);
        double reach = NewtonKantorovich.Certify(objective, WeightsInUnits.Exactly(weights)).Uniqueness.ToDouble();
        Dyadic[] minimum = plain.Newton([.. weights.Select(Dyadic.FromDouble)]);
        int refused = 0;
        foreach (double size in new[] { 1.01, 2, 10, 100, 1000 })
        {
            double[] moved = Moved(weights, size * reach, seed);
            MinimizerCertificate certificate = NewtonKantorovich.Certify(objective, WeightsInUnits.Exactly(moved));
            if (certificate.Verdict == MinimizerVerdict.Certified)
            {
                // Then it speaks of the same minimum, and truly.
                PlainObjective.Distance(moved.Select(Dyadic.FromDouble), minimum).Should().BeLessThanOrEqualTo(certificate.Existence.ToDouble());
                continue;
            }

            refused++;
            certificate.Existence.IsFinite.Should().BeFalse();
            if (certificate.Verdict == MinimizerVerdict.NotConverged) (certificate.NewtonStep.ToDyadic() >= certificate.GreatestStep).Should().BeTrue();
        }

        refused.Should().BeGreaterThan(3);
    }

    [Fact]
    public void Other_rows_have_another_gradient_and_it_tells()
    {
        (_, _, double[] weights) = SmallObjectives.Minimum(1);
        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(2);
        MinimizerCertificate certificate = NewtonKantorovich.Certify(new TrainingObjective(run, penalties), WeightsInUnits.Exactly(weights));
        certificate.Verdict.Should().NotBe(MinimizerVerdict.Certified);
        certificate.GradientNorm.Lower.ToDouble().Should().BeGreaterThan(1e-3);
    }

    [Fact]
    public void A_network_of_zeros_is_a_saddle_with_a_direction_along_which_the_objective_falls()
    {
        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(3, units: 2, penalty: 1e-4);
        double mean = run.Rows.Sum(row => row.Weight * row.Y) / (run.Rows.Sum(row => row.Weight) + penalties[^1]);
        double[] weights = new double[penalties.Length];
        weights[^1] = mean;
        MinimizerCertificate certificate = NewtonKantorovich.Certify(new TrainingObjective(run, penalties), WeightsInUnits.Exactly(weights));
        certificate.Verdict.Should().Be(MinimizerVerdict.NegativeCurvature);
        certificate.LooksLikeSaddle.Should().BeTrue();
        FallsAlong(certificate, new PlainObjective(run, penalties), weights);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Wherever_negative_curvature_is_proved_the_objective_falls_and_no_minimum_is_near(int seed)
    {
        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(seed, units: 3, penalty: 1e-3);
        double[] weights = SmallObjectives.Weights(seed, 3, size: 0.5);
        MinimizerCertificate certificate = NewtonKantorovich.Certify(new TrainingObjective(run, penalties), WeightsInUnits.Exactly(weights));
        certificate.Verdict.Should().Be(MinimizerVerdict.NegativeCurvature);
        FallsAlong(certificate, new PlainObjective(run, penalties), weights);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Two_equal_units_without_a_penalty_lie_on_a_line_of_stationary_points_and_are_never_certified(int seed)
    {
        // One unit fits these labels best at finite weights.
        RecordedRun drawn = SmallObjectives.Draw(seed, units: 1).Run;
        RecordedRun run = drawn with { Rows = [.. drawn.Rows.Select(row => row with { Y = (0.1 * row.Y) + (0.8 * Math.Tanh((0.7 * row.X[0]) - (0.5 * row.X[1]) + 0.2)) })] };
        var one = new TrainingObjective(run, new double[SmallObjectives.Count(1)]);
        double[] start = [0.7, -0.5, 0.2, 0.8, 0];
        Polish.Result polished = Polish.Run(one, start, units: null, mostSteps: 500);
        NewtonKantorovich.Certify(one, WeightsInUnits.Exactly(polished.Weights)).Verdict.Should().Be(MinimizerVerdict.Certified);

        const int Unit = SmallObjectives.Inputs + 1;
        double[] weights = polished.Weights, doubled = [.. weights[..Unit], .. weights[..Unit], weights[Unit] / 2, weights[Unit] / 2, weights[^1]];
        var two = new TrainingObjective(run with { HiddenUnits = 2 }, new double[doubled.Length]);
        NewtonKantorovich.Certify(two, WeightsInUnits.Exactly(doubled)).Verdict.Should().NotBe(MinimizerVerdict.Certified);
    }

    [Fact]
    public void Units_that_nothing_comes_of_leave_their_biases_open_and_that_is_undecided()
    {
        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(5);
        // Where no label is anything but 0 weights of zeros are a minimum, though none that is strict: the biases have no penalty.
        penalties[2] = penalties[5] = 0;
        var objective = new TrainingObjective(run with { Rows = [.. run.Rows.Select(row => row with { Y = 0 })] }, penalties);
        MinimizerCertificate certificate = NewtonKantorovich.Certify(objective, WeightsInUnits.Exactly(new double[penalties.Length]));
        certificate.Verdict.Should().Be(MinimizerVerdict.Undecided);
        certificate.SmallestEigenvalue.Lower!.Value.Sign.Should().BeLessThanOrEqualTo(0);
        certificate.SmallestEigenvalue.Upper!.Value.Sign.Should().BeGreaterThanOrEqualTo(0);
        certificate.GradientNorm.Midpoint.Sign.Should().Be(0);
    }

    [Fact]
    public void Polishing_leaves_a_minimum_where_it_is_and_reports_a_saddle()
    {
        (TrainingObjective objective, _, double[] weights) = SmallObjectives.Minimum(1);
        Polish.Result again = Polish.Run(objective, weights, units: null, mostSteps: 100);
        again.EndsAtMinimum.Should().BeTrue();
        again.Weights.Should().Equal(weights);

        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(3, penalty: 1e-4);
        RecordedRun centred = run with { Rows = [.. run.Rows.Take(2), .. run.Rows.Take(2).Select(row => row with { X = [-row.X[0], -row.X[1]], Y = -row.Y })] };
        Polish.Result atSaddle = Polish.Run(new TrainingObjective(centred, penalties), new double[penalties.Length], units: null, mostSteps: 100);
        atSaddle.EndsAtMinimum.Should().BeFalse();
        atSaddle.Weights.Should().OnlyContain(weight => weight == 0);
    }

    [Fact]
    public void Objectives_and_units_that_do_not_fit_are_refused()
    {
        (RecordedRun run, double[] penalties) = SmallObjectives.Draw(1);
        FluentActions.Invoking(() => new TrainingObjective(run, penalties[1..])).Should().Throw<ArgumentException>().WithMessage("*9 penalties*");
        FluentActions.Invoking(() => new TrainingObjective(run, [.. penalties[1..], -1])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new TrainingObjective(run with { Rows = [] }, penalties)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new AffineUnits([(0, 1), (0, 1)], (0, 1)).ToTraining(new double[10])).Should().Throw<ArgumentException>().WithMessage("*none of a network of 2 inputs*");
    }

    [Fact]
    public void Weights_in_other_units_are_those_of_the_same_function()
    {
        double[] saved = SmallObjectives.Weights(3, 2, size: 3);
        (double Mean, double Deviation)[] features = [(12.5, 0.3), (-1e4, 250)];
        (double Mean, double Deviation) label = (7, 0.7);
        var units = new AffineUnits(features, label);
        WeightsInUnits theta = units.ToTraining(saved);
        double[] x = [12.4, -9800], standardized = [.. x.Select((value, k) => (value - features[k].Mean) / features[k].Deviation)];
        Value(theta.ToDoubles(), standardized).Should().BeApproximately((Value(saved, x) - label.Mean) / label.Deviation, 1e-9);
        units.ToSaved(theta.Ball.Center).Zip(saved, (back, weight) => Math.Abs(back - weight) / Math.Abs(weight)).Max().Should().BeLessThan(1e-15);
    }

    private static double Value(double[] weights, double[] x)
    {
        const int Units = 2, Unit = SmallObjectives.Inputs + 1;
        double sum = weights[^1];
        for (int i = 0; i < Units; i++) sum += weights[(Units * Unit) + i] * Math.Tanh(weights[(i * Unit) + 2] + (weights[i * Unit] * x[0]) + (weights[(i * Unit) + 1] * x[1]));
        return sum;
    }

    private static void FallsAlong(MinimizerCertificate certificate, PlainObjective plain, double[] weights)
    {
        certificate.Curvature.Upper.Sign.Should().Be(-1);
        (certificate.NoMinimumWithin.Sign > 0).Should().BeTrue();
        // On one of its two sides, from far below where other terms matter.
        double step = certificate.NoMinimumWithin.ToDouble() / 4;
        Dyadic[] start = [.. weights.Select(Dyadic.FromDouble)];
        Dyadic At(double along) => plain.Value([.. start.Zip(certificate.Direction, (a, v) => a + Dyadic.FromDouble(along * v))]);
        Dyadic here = plain.Value(start), ahead = At(step), behind = At(-step);
        (ahead < here || behind < here).Should().BeTrue();
        // The second difference of E, 2 v^T H v t^2, has the sign and the size that are claimed, but for the change of H.
        double curvature = ((ahead + behind - (here << 1)).ToDouble() / (2 * step * step)) / certificate.Direction.Sum(v => v * v);
        curvature.Should().BeApproximately(certificate.Curvature.Midpoint.ToDouble(), Math.Abs(certificate.Curvature.Midpoint.ToDouble()) / 2);
    }

    private static double[] Moved(double[] weights, double distance, int seed)
    {
        var random = new Random(seed + 77);
        double[] direction = [.. weights.Select(_ => random.NextDouble() - 0.5)];
        double norm = Math.Sqrt(direction.Sum(entry => entry * entry));
        return [.. weights.Zip(direction, (weight, entry) => weight + (distance * entry / norm))];
    }
}
