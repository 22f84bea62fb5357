using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Training;

public class NetworkTrainingTests
{
    private static readonly TrainingOptions Quick = new() { Run = new() { HiddenUnits = 5, Threads = 1 }, MaximumIterations = 40 };

    [Theory, InlineData(0, "Tanh"), InlineData(1, "Tanh"), InlineData(2, "Tanh"), InlineData(0, "Logistic")]
    public void A_teacher_without_noise_is_learned_to_rounding_with_quadratic_convergence(int seed, string name)
    {
        Activation activation = Activation.All.Single(a => a.Name == name);
        var random = new Random(seed);
        Network teacher = Problems.RandomNetwork(new NetworkShape(2, 3), random, activation);
        RegressionData data = Problems.Table(200, 2, random, x => teacher.Predict(x));

        TrainingResult result = NetworkTraining.Train(data, new TrainingOptions
        {
            Run = new() { HiddenUnits = 3, Activation = activation, Seed = seed, Threads = 1 },
            Penalty = 0,
            Starts = 8,
            MaximumIterations = 500,
            LossTolerance = 0,
            GradientTolerance = 0,
            StepTolerance = 1e-16,
        });

        double[] loss = [.. result.History.Select(iteration => iteration.Loss)];
        loss[^1].Should().BeLessThan(1e-20 * loss[0]);

        // The order of convergence of the residual norm, from the last three losses above rounding: 2 where quadratic.
        int last = Array.FindLastIndex(loss, value => value > 1e-28);
        double order = Math.Log(loss[last] / loss[last - 1]) / Math.Log(loss[last - 1] / loss[last - 2]);
        order.Should().BeGreaterThan(1.8);
    }

    [Fact]
    public void No_step_raises_the_loss_and_the_trace_counts_every_iteration() => Gen.Int[0, 10_000].Sample(
        seed =>
        {
            TrainingResult result = NetworkTraining.Train(Problems.NoisyTable(120, 2, seed), Quick with { Run = Quick.Run with { Seed = seed } });
            result.History.Select(h => h.Iteration).Should().Equal(Enumerable.Range(0, result.History.Count));
            result.History.Zip(result.History.Skip(1)).Should().OnlyContain(pair => pair.Second.Loss < pair.First.Loss);
            result.BestIteration.Should().Be(result.History.Count - 1);
        },
        iter: 20);

    [Fact]
    public void The_same_seed_gives_the_same_bits_for_one_thread_or_two()
    {
        RegressionData data = Problems.NoisyTable(3000, 3, 5);
        Network Train(int threads) => NetworkTraining.Train(data, Quick with { Run = Quick.Run with { Seed = 3, Threads = threads } }).Network;
        Network first = Train(1);
        Train(1).Parameters.SequenceEqual(first.Parameters).Should().BeTrue();
        Train(2).Parameters.SequenceEqual(first.Parameters).Should().BeTrue();
        NetworkTraining.Train(data, Quick with { Run = Quick.Run with { Seed = 4 } }).Network.Parameters.SequenceEqual(first.Parameters).Should().BeFalse();
    }

    [Fact]
    public void A_weight_of_two_is_the_same_row_given_twice()
    {
        RegressionData weighted = Problems.NoisyTable(100, 2, 7, weight: j => 1 + (j % 2));
        var repeated = new RegressionData(2);
        foreach ((double[] x, double y, double w) in Problems.Rows(weighted))
        {
            for (int copy = 0; copy < w; copy++) repeated.Add(x, y, 1);
        }

        TrainingOptions few = Quick with { MaximumIterations = 8 };
        Network one = NetworkTraining.Train(weighted, few).Network, other = NetworkTraining.Train(repeated, few).Network;
        foreach ((double[] x, _, _) in Problems.Rows(weighted)) one.Predict(x).Should().BeApproximately(other.Predict(x), 1e-8);
    }

    [Fact]
    public void Other_units_of_features_and_label_change_predictions_only_by_their_scale()
    {
        RegressionData plain = Problems.NoisyTable(100, 2, 7);
        var rescaled = new RegressionData(2);
        double[] Other(double[] x) => [(1e6 * x[0]) - 3e5, 1e-4 * x[1]];
        foreach ((double[] x, double y, double w) in Problems.Rows(plain)) rescaled.Add(Other(x), (1e3 * y) + 5e3, w);

        TrainingOptions few = Quick with { MaximumIterations = 8 };
        Network one = NetworkTraining.Train(plain, few).Network, other = NetworkTraining.Train(rescaled, few).Network;
        foreach ((double[] x, _, _) in Problems.Rows(plain)) other.Predict(Other(x)).Should().BeApproximately((1e3 * one.Predict(x)) + 5e3, 1e-4);
    }

    [Fact]
    public void Constant_and_duplicate_columns_and_fewer_rows_than_parameters_give_a_finite_network()
    {
        var random = new Random(1);
        var data = new RegressionData(4);
        for (int j = 0; j < 6; j++)
        {
            double x = random.NextDouble();
            data.Add([x, x, 7, -2], Math.Sin(x), 1);
        }

        Network network = NetworkTraining.Train(data, Quick).Network;
        network.Predict([0.5, 0.5, 7, -2]).Should().Be(network.Predict([0.5, 0.5, 1e9, 1e9]), "a constant column has no influence");
        double.IsFinite(network.Predict([0.5, 0.5, 7, -2])).Should().BeTrue();
    }

    [Fact]
    public void One_row_or_equal_labels_give_that_constant()
    {
        var one = new RegressionData(2);
        one.Add([1.0, 2.0], 0.1, 3);
        NetworkTraining.Train(one, Quick).Network.Predict([5.0, -4.0]).Should().Be(0.1);

        RegressionData equal = Problems.Table(50, 2, new Random(2), _ => -7.3);
        NetworkTraining.Train(equal, Quick).Network.Predict([5.0, -4.0]).Should().Be(-7.3);
    }

    [Theory, InlineData(1e30), InlineData(1e-30), InlineData(1e150)]
    public void Values_of_any_size_give_a_finite_network(double unit)
    {
        RegressionData data = Problems.Table(60, 2, new Random(3), x => unit * x[0] * x[0]);
        var huge = new RegressionData(2);
        foreach ((double[] x, double y, double w) in Problems.Rows(data)) huge.Add([unit * x[0], x[1]], y, w);
        TrainingResult result = NetworkTraining.Train(huge, Quick);
        (result.Network.Predict([unit, 0.0]) / unit).Should().BeApproximately(1, 0.2);
    }

    [Fact]
    public void One_enormous_value_spoils_its_own_column_only()
    {
        RegressionData data = Problems.NoisyTable(60, 2, 4);
        (double[] Features, double Label, double Weight)[] ordinary = [.. Problems.Rows(data)];
        data.Add([1e30, 1], 1, 1);
        Network network = NetworkTraining.Train(data, Quick).Network;
        // Beside 1e30 all ordinary values of the first column are the same, so what is left to learn is the square of the second.
        double mean = ordinary.Average(row => row.Label), variance = ordinary.Average(row => Math.Pow(row.Label - mean, 2));
        double[] others = [.. ordinary.Select(row => row.Label - (row.Features[1] * row.Features[1]))];
        double unexplained = others.Average(other => Math.Pow(other - others.Average(), 2));
        ordinary.Average(row => Math.Pow(network.Predict(row.Features) - row.Label, 2)).Should().BeLessThan(1.1 * unexplained).And.BeLessThan(variance);
    }

    [Fact]
    public void Early_stopping_keeps_the_parameters_with_the_least_validation_error()
    {
        RegressionData training = Problems.NoisyTable(40, 3, 11), validation = Problems.NoisyTable(200, 3, 12);
        TrainingResult result = NetworkTraining.Train(training, Quick with { Run = Quick.Run with { HiddenUnits = 15 }, Penalty = 0, MaximumIterations = 200, Patience = 5 }, validation);

        double[] errors = [.. result.History.Select(h => h.ValidationError)];
        result.BestIteration.Should().Be(Array.IndexOf(errors, errors.Min()));
        result.Termination.Should().Be(new Termination(StoppingRule.ValidationPatience, 5, 5));
        (errors.Length - 1 - result.BestIteration).Should().Be(5);

        double variance = Math.Pow(Standardization.Measure(training).Label.Deviation, 2);
        double kept = Problems.Rows(validation).Average(row => Math.Pow(result.Network.Predict(row.Features) - row.Label, 2)) / variance;
        kept.Should().BeApproximately(errors.Min(), 1e-9 * errors.Min());
    }

    [Fact]
    public void A_validation_fraction_holds_rows_out()
    {
        TrainingResult result = NetworkTraining.Train(Problems.NoisyTable(100, 2, 3), Quick with { ValidationFraction = 0.2 });
        result.History.Should().OnlyContain(h => h.ValidationError > 0);
        NetworkTraining.Train(Problems.NoisyTable(100, 2, 3), Quick).History.Should().OnlyContain(h => double.IsNaN(h.ValidationError));
    }

    [Fact]
    public void The_best_of_several_starts_is_kept()
    {
        RegressionData data = Problems.NoisyTable(100, 2, 3);
        var finals = new Dictionary<int, double>();
        TrainingOptions options = Quick with { Starts = 6, MaximumIterations = 15 };
        TrainingResult result = NetworkTraining.Train(data, options, control: new TrainingControl { Progress = new Watcher(h => finals[h.Start] = h.Loss) });
        finals.Should().HaveCount(6);
        finals.Values.Distinct().Should().HaveCountGreaterThan(1);
        result.History[^1].Loss.Should().Be(finals.Values.Min());
        result.History.Should().OnlyContain(h => h.Start == finals.MinBy(f => f.Value).Key);
    }

    [Fact]
    public void A_warm_start_continues_from_where_training_ended()
    {
        RegressionData data = Problems.NoisyTable(100, 2, 3);
        TrainingResult first = NetworkTraining.Train(data, Quick with { MaximumIterations = 10 });
        TrainingResult second = NetworkTraining.Train(data, Quick with { MaximumIterations = 10 }, initial: first.Network);
        second.History[0].Loss.Should().BeApproximately(first.History[^1].Loss, 1e-10);
        second.History[^1].Loss.Should().BeLessThan(first.History[^1].Loss);
    }

    [Fact]
    public void Every_stopping_rule_reports_a_value_on_its_side_of_the_threshold()
    {
        RegressionData data = Problems.NoisyTable(80, 2, 3);
        Termination End(TrainingOptions options) => NetworkTraining.Train(data, options).Termination;
        TrainingOptions patient = Quick with { MaximumIterations = 1000, GradientTolerance = 0, StepTolerance = 0, LossTolerance = 0, Penalty = 0.01 };

        End(patient with { MaximumIterations = 7 }).Should().Be(new Termination(StoppingRule.MaximumIterations, 7, 7));
        Termination gradient = End(patient with { GradientTolerance = 1e-6 });
        gradient.Rule.Should().Be(StoppingRule.GradientTolerance);
        gradient.Value.Should().BeInRange(0, 1e-6);
        gradient.HasConverged.Should().BeTrue();
        Termination step = End(patient with { StepTolerance = 1e-3 });
        step.Rule.Should().Be(StoppingRule.StepTolerance);
        step.Value.Should().BeInRange(0, 1e-3);
        Termination loss = End(patient with { LossTolerance = 0.01 });
        loss.Rule.Should().Be(StoppingRule.LossTolerance);
        loss.Value.Should().BeInRange(0, 0.01);
        Termination exhausted = End(patient);
        exhausted.Rule.Should().Be(StoppingRule.DampingLimit);
        exhausted.Value.Should().BeGreaterThan(exhausted.Threshold);
        exhausted.HasConverged.Should().BeFalse();
    }

    [Fact]
    public void Cancelling_throws_within_one_iteration_and_stopping_keeps_the_best()
    {
        RegressionData data = Problems.NoisyTable(100, 2, 3);
        int seen = 0;
        using var cancel = new CancellationTokenSource();
        var cancelling = new TrainingControl { CancellationToken = cancel.Token, Progress = new Watcher(h => { seen = h.Iteration; if (h.Iteration == 3) cancel.Cancel(); }) };
        FluentActions.Invoking(() => NetworkTraining.Train(data, Quick, control: cancelling)).Should().Throw<OperationCanceledException>();
        seen.Should().Be(3);

        using var stop = new CancellationTokenSource();
        var stopping = new TrainingControl { StopToken = stop.Token, Progress = new Watcher(h => { if (h.Iteration == 3) stop.Cancel(); }) };
        TrainingResult result = NetworkTraining.Train(data, Quick with { Starts = 5 }, control: stopping);
        result.Termination.Should().Be(new Termination(StoppingRule.StoppedByCaller, 3, 3));
        result.History.Should().HaveCount(4);
    }

    [Fact]
    public void A_large_table_is_sampled_at_first_and_seen_whole_before_convergence_whatever_the_order_of_its_rows()
    {
        var random = new Random(8);
        double[][] features = [.. Enumerable.Range(0, 8000).Select(_ => Problems.RandomVector(2, random, 2)).OrderBy(x => x[0])];
        var sorted = new RegressionData(2);
        foreach (double[] x in features) sorted.Add(x, Math.Sin(2 * x[0]) + (x[1] * x[1]), 1);

        TrainingResult result = NetworkTraining.Train(sorted, Quick with { Run = Quick.Run with { HiddenUnits = 6 }, MaximumIterations = 300 });
        result.History[1].CurvatureRows.Should().BeLessThan(4000);
        result.Termination.Rule.Should().Be(StoppingRule.LossTolerance);
        result.History.TakeLast(StoppingRules.LossWindow).Should().OnlyContain(h => h.CurvatureRows == 8000);
        result.History[1].CurvatureInSinglePrecision.Should().BeTrue();
        result.History[^1].CurvatureInSinglePrecision.Should().BeFalse();
        result.History.Zip(result.History.Skip(1)).Should().OnlyContain(pair => pair.Second.Loss < pair.First.Loss);
        result.History[^1].Loss.Should().BeLessThan(0.02);
    }

    [Fact]
    public void Even_a_generous_loss_tolerance_waits_for_ten_steps_with_all_rows()
    {
        TrainingResult result = NetworkTraining.Train(Problems.NoisyTable(8000, 2, 3), Quick with { LossTolerance = 0.9, MaximumIterations = 300 });
        result.Termination.Rule.Should().Be(StoppingRule.LossTolerance);
        result.History.Count(h => h.CurvatureRows == 8000).Should().BeGreaterThanOrEqualTo(StoppingRules.LossWindow);
    }

    [Fact]
    public void A_gradient_that_vanishes_ends_training_after_a_step_with_the_exact_curvature()
    {
        RegressionData data = Problems.NoisyTable(6000, 2, 3);
        TrainingResult result = NetworkTraining.Train(data, Quick with { GradientTolerance = 1, LossTolerance = 0 });
        result.Termination.Rule.Should().Be(StoppingRule.GradientTolerance);
        result.History.Should().HaveCount(2);
        result.History[1].CurvatureRows.Should().Be(6000);
        result.History[1].CurvatureInSinglePrecision.Should().BeFalse();
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Iterations_allocate_nothing_but_their_own_record(int threads)
    {
        RegressionData data = Problems.NoisyTable(3000, 3, 5);
        TrainingOptions endless = Quick with { Run = Quick.Run with { HiddenUnits = 8, Threads = threads }, LossTolerance = 0, GradientTolerance = 0, StepTolerance = 0 };
        long Allocated(int iterations)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            NetworkTraining.Train(data, endless with { MaximumIterations = iterations }).History.Should().HaveCount(iterations + 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(10);
        // A collection meanwhile, which other tests may cause, counts the rest of the thread's piece of memory as allocated: some kilobytes too many, never too few.
        long Least(int iterations) => Enumerable.Range(0, 5).Min(_ => Allocated(iterations));
        long more = Least(60) - Least(10);
        int record = System.Runtime.CompilerServices.Unsafe.SizeOf<TrainingIteration>();
        more.Should().BeLessThan(50 * 4 * record, "the list of iterations doubles as it grows");
    }

    [Theory]
    [InlineData(StepForm.Primal, 400, 1)]
    [InlineData(StepForm.Dual, 40, 12)]
    [InlineData(StepForm.MatrixFree, 2000, 60)]
    public void Every_form_of_the_step_reaches_a_minimum(StepForm form, int rows, int hidden)
    {
        var least = new MemoryRequirement(new NetworkShape(5, hidden), rows);
        var options = Quick with
        {
            Run = Quick.Run with { HiddenUnits = hidden, MemoryLimit = form == StepForm.MatrixFree ? least.Bytes + 100_000 : long.MaxValue },
            MaximumIterations = 3000,
            LossTolerance = 0,
            GradientTolerance = 1e-7,
            Penalty = 0.1,
        };
        TrainingResult result = NetworkTraining.Train(Problems.NoisyTable(rows, 5, 3), options);
        result.StepForm.Form.Should().Be(form);
        result.StepForm.ToString().Should().StartWith($"{form}: ");
        result.Termination.Rule.Should().Be(StoppingRule.GradientTolerance);
        result.History.Zip(result.History.Skip(1)).Should().OnlyContain(pair => pair.Second.Loss < pair.First.Loss);
    }

    [Fact]
    public void A_problem_above_the_memory_limit_is_refused_before_it_starts()
    {
        RegressionData data = Problems.NoisyTable(10, 100, 3);
        FluentActions.Invoking(() => NetworkTraining.Train(data, Quick with { Run = Quick.Run with { HiddenUnits = 1000, MemoryLimit = 9_000_000 } }))
            .Should().Throw<InvalidOperationException>().WithMessage("*102001 parameters*MiB of memory; the limit is 8.5 MiB*at most * hidden units*");
    }

    [Theory, MemberData(nameof(BadOptions))]
    public void An_option_out_of_range_is_refused_by_name(string name, TrainingOptions options) =>
        FluentActions.Invoking(() => NetworkTraining.Train(Problems.NoisyTable(10, 2, 1), options))
            .Should().Throw<ArgumentOutOfRangeException>().Which.ParamName.Should().Be(name);

    public static TheoryData<string, TrainingOptions> BadOptions => new()
    {
        { "HiddenUnits", new() { Run = new() { HiddenUnits = 0 } } },
        { "Penalty", new() { Penalty = -1 } },
        { "Penalty", new() { Penalty = double.NaN } },
        { "MaximumIterations", new() { MaximumIterations = -1 } },
        { "GradientTolerance", new() { GradientTolerance = double.NegativeInfinity } },
        { "StepTolerance", new() { StepTolerance = -1e-3 } },
        { "LossTolerance", new() { LossTolerance = double.PositiveInfinity } },
        { "ValidationFraction", new() { ValidationFraction = 1 } },
        { "ValidationFraction", new() { ValidationFraction = double.NaN } },
        { "Patience", new() { Patience = 0 } },
        { "Starts", new() { Starts = 0 } },
        { "Threads", new() { Run = new() { Threads = 0 } } },
        { "MemoryLimit", new() { Run = new() { MemoryLimit = 0 } } },
    };

    [Fact]
    public void Tables_and_networks_that_do_not_fit_are_refused()
    {
        RegressionData data = Problems.NoisyTable(10, 2, 1);
        FluentActions.Invoking(() => NetworkTraining.Train(new RegressionData(2), Quick)).Should().Throw<ArgumentException>().WithMessage("*no training rows*");
        FluentActions.Invoking(() => NetworkTraining.Train(data, Quick, Problems.NoisyTable(10, 3, 1))).Should().Throw<ArgumentException>().WithMessage("*3 features*2*");
        FluentActions.Invoking(() => NetworkTraining.Train(data, Quick, initial: Problems.RandomNetwork(new NetworkShape(2, 4), new Random(1))))
            .Should().Throw<ArgumentException>().WithMessage("*4 hidden units*5*");
        FluentActions.Invoking(() => NetworkTraining.Train(data, Quick, initial: Problems.RandomNetwork(new NetworkShape(2, 5), new Random(1), Activation.Logistic)))
            .Should().Throw<ArgumentException>().WithMessage("*Logistic*Tanh*");
    }

    private sealed class Watcher(Action<TrainingIteration> action) : IProgress<TrainingIteration>
    {
        public void Report(TrainingIteration value) => action(value);
    }
}
