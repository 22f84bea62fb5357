using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Tests.Ensembles;

public class EnsembleTrainingTests
{
    // Networks alone.
    private static readonly EnsembleOptions Quick = new() { Run = new() { HiddenUnits = 5, Threads = 2, Seed = 1 }, MaximumIterations = 30, Kernel = null };

    private static readonly EnsembleOptions WithBlock = Quick with { Kernel = new() };

    public static TheoryData<bool> Kinds => [false, true];

    private static EnsembleOptions Options(bool hasBlock) => hasBlock ? WithBlock : Quick;

    private static double[] Predict(NetworkEnsemble ensemble, RegressionData data) => [.. Problems.Rows(data).Select(row => ensemble.Predict(row.Features))];

    private static double MeanSquaredError(Func<double[], double> predict, RegressionData data) =>
        Problems.Rows(data).Average(row => Math.Pow(predict(row.Features) - row.Label, 2));

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_bits_for_any_number_of_threads(bool hasBlock)
    {
        RegressionData data = Problems.NoisyTable(300, 3, 5);
        EnsembleOptions options = Options(hasBlock);
        double[] one = Predict(EnsembleTraining.Train(data, options with { Run = Quick.Run with { Threads = 1 } }).Ensemble, data);
        Predict(EnsembleTraining.Train(data, options with { Run = Quick.Run with { Threads = 2 } }).Ensemble, data).Should().Equal(one);
        Predict(EnsembleTraining.Train(data, options with { Run = Quick.Run with { Threads = 7 } }).Ensemble, data).Should().Equal(one);
        Predict(EnsembleTraining.Train(data, options with { Run = Quick.Run with { Seed = 2 } }).Ensemble, data).Should().NotEqual(one);
    }

    [Fact]
    public void The_ensemble_is_better_on_new_rows_than_its_members_are_on_average()
    {
        RegressionData data = Problems.NoisyTable(150, 3, 5), test = Problems.NoisyTable(1000, 3, 6);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { HiddenUnits = 15 }, MaximumIterations = 60 }).Ensemble;
        double member = ensemble.Members.Average(at => MeanSquaredError(x => PredictMember(ensemble, at, x), test));
        MeanSquaredError(x => ensemble.Predict(x), test).Should().BeLessThan(0.9 * member);
    }

    [Fact]
    public void The_estimate_from_left_out_rows_is_the_error_on_new_rows()
    {
        RegressionData Table(int rows, int seed)
        {
            var random = new Random(seed);
            return Problems.Table(rows, 2, random, x => Math.Sin(2 * x[0]) + (x[1] * x[1]) + (2 * random.NextDouble()));
        }

        RegressionData data = Table(400, 5), test = Table(4000, 6);
        EnsembleResult result = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { HiddenUnits = 10 }, MaximumIterations = 60 });
        double variance = Math.Pow(result.Ensemble.Label.Deviation, 2), estimate = variance * result.History[result.BestIteration].ValidationError;
        MeanSquaredError(x => result.Ensemble.Predict(x), test).Should().BeInRange(0.7 * estimate, 1.3 * estimate);
    }

    [Theory, InlineData(200), InlineData(400), InlineData(1000)]
    public void No_member_loses_a_signal_that_is_not_nearly_linear(int rows)
    {
        // sin 2x and x^2 have no linear part to hold on to, or hardly one.
        RegressionData Table(int count, int seed)
        {
            var random = new Random(seed);
            return Problems.Table(count, 2, random, x => Math.Sin(2 * x[0]) + (x[1] * x[1]) + (2 * random.NextDouble()));
        }

        RegressionData data = Table(rows, 5), test = Table(1000, 6);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { HiddenUnits = 10 }, MaximumIterations = 60 }).Ensemble;
        // The noise alone has a mean square of 1/3, the signal 2.
        ensemble.Members.Should().OnlyContain(member => MeanSquaredError(x => PredictMember(ensemble, member, x), test) < 0.5);
    }

    [Theory, InlineData(60, 0.1, StoppingRule.LeftOutProgress), InlineData(60, 3, StoppingRule.LeftOutPatience)]
    public void The_kept_iteration_is_the_rung_with_the_least_estimate_and_training_ends_where_more_would_not_pay(int rows, double noise, StoppingRule rule)
    {
        var random = new Random(3);
        RegressionData data = Problems.Table(rows, 4, random, x => Math.Sin(2 * x[0]) + (x[^1] * x[^1]) + (noise * random.NextDouble()));
        EnsembleResult result = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { HiddenUnits = 10 }, MaximumIterations = 400 });
        TrainingIteration[] rungs = [.. result.History.Where(at => !double.IsNaN(at.ValidationError))];
        rungs.MinBy(at => at.ValidationError).Iteration.Should().Be(result.BestIteration);
        result.Termination.Rule.Should().Be(rule);
        if (rule == StoppingRule.LeftOutPatience)
        {
            result.Termination.Threshold.Should().Be((1.6 * result.BestIteration) + 15);
            result.Termination.Value.Should().BeGreaterThanOrEqualTo(result.Termination.Threshold);
            return;
        }

        int last = rungs[^1].Iteration;
        double earlier = rungs.Where(at => 1.5 * at.Iteration <= last).Min(at => at.ValidationError);
        result.Termination.Value.Should().Be(1 - (rungs.Min(at => at.ValidationError) / earlier)).And.BeLessThan(result.Termination.Threshold);
    }

    [Fact]
    public void Last_steps_with_all_rows_make_the_ensemble_better_on_new_rows()
    {
        double with = 0, without = 0;
        for (int seed = 0; seed < 4; seed++)
        {
            RegressionData data = FriedmanTables.Make(1, 100, seed), test = FriedmanTables.Make(1, 1000, 100 + seed);
            NetworkEnsemble last = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { Seed = seed } }).Ensemble, none = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { Seed = seed }, FinishWithAllRows = false }).Ensemble;
            with += MeanSquaredError(x => last.Predict(x), test);
            without += MeanSquaredError(x => none.Predict(x), test);
            Precisions(last).Should().Equal(Precisions(none), "the precisions stay");
        }

        with.Should().BeLessThan(without);
    }

    [Fact]
    public void Validation_rows_choose_the_iteration_by_the_ensembles_error_on_them()
    {
        RegressionData data = Problems.NoisyTable(60, 3, 11), validation = Problems.NoisyTable(200, 3, 12);
        EnsembleResult result = EnsembleTraining.Train(data, Quick with { FinishWithAllRows = false }, validation);
        double variance = Math.Pow(result.Ensemble.Label.Deviation, 2);
        MeanSquaredError(x => result.Ensemble.Predict(x), validation).Should().BeApproximately(variance * result.History[result.BestIteration].ValidationError, 1e-9);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Other_units_of_features_and_label_change_predictions_only_by_their_scale(bool hasBlock)
    {
        RegressionData plain = Problems.NoisyTable(200, 2, 7);
        var rescaled = new RegressionData(2);
        double[] Other(double[] x) => [(1e6 * x[0]) - 3e5, 1e-4 * x[1]];
        foreach ((double[] x, double y, double w) in Problems.Rows(plain)) rescaled.Add(Other(x), (1e6 * y) + 5e6, w);

        EnsembleOptions few = Options(hasBlock) with { MaximumIterations = 12 };
        NetworkEnsemble one = EnsembleTraining.Train(plain, few).Ensemble, other = EnsembleTraining.Train(rescaled, few).Ensemble;
        other.KernelWeight.Should().BeApproximately(one.KernelWeight, 1e-6);
        if (hasBlock) one.KernelWeight.Should().BePositive();
        foreach ((double[] x, _, _) in Problems.Rows(plain)) other.Predict(Other(x)).Should().BeApproximately((1e6 * one.Predict(x)) + 5e6, 10);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_row_or_equal_labels_give_that_constant(bool hasBlock)
    {
        var one = new RegressionData(2);
        one.Add([1.0, 2.0], 0.1, 3);
        EnsembleTraining.Train(one, Options(hasBlock)).Ensemble.Predict([5.0, -4.0]).Should().Be(0.1);

        RegressionData equal = Problems.Table(50, 2, new Random(2), _ => -7.3);
        EnsembleTraining.Train(equal, Options(hasBlock)).Ensemble.Predict([5.0, -4.0]).Should().Be(-7.3);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Constant_and_duplicate_columns_and_a_few_rows_give_a_finite_ensemble(bool hasBlock)
    {
        var random = new Random(1);
        var data = new RegressionData(4);
        for (int j = 0; j < 6; j++)
        {
            double x = random.NextDouble();
            data.Add([x, x, 7, -2], Math.Sin(x), 1);
        }

        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Options(hasBlock)).Ensemble;
        ensemble.Predict([0.5, 0.5, 7, -2]).Should().Be(ensemble.Predict([0.5, 0.5, 1e9, 1e9]), "a constant column has no influence");
        double.IsFinite(ensemble.Predict([0.5, 0.5, 7, -2])).Should().BeTrue();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Predictions_stay_within_the_labels_range_and_a_tenth_beyond(bool hasBlock)
    {
        RegressionData data = Problems.Table(80, 1, new Random(4), x => x[0]);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Options(hasBlock)).Ensemble;
        double[] labels = [.. Problems.Rows(data).Select(row => row.Label)];
        double margin = 0.1 * (labels.Max() - labels.Min());
        ensemble.Predict([1e6]).Should().BeLessThanOrEqualTo(labels.Max() + margin + 1e-9);
        ensemble.Predict([-1e6]).Should().BeGreaterThanOrEqualTo(labels.Min() - margin - 1e-9);
        ensemble.Predict([double.NaN]).Should().Be(double.NaN);
    }

    [Fact]
    public void A_warm_start_goes_on_from_the_members_it_is_given()
    {
        RegressionData data = Problems.NoisyTable(200, 2, 7);
        NetworkEnsemble first = EnsembleTraining.Train(data, Quick with { MaximumIterations = 15 }).Ensemble;
        EnsembleResult none = EnsembleTraining.Train(data, Quick with { MaximumIterations = 0 }, initial: first);
        Predict(none.Ensemble, data).Should().Equal(Predict(first, data));

        EnsembleResult more = EnsembleTraining.Train(data, Quick with { MaximumIterations = 15 }, initial: first);
        more.History[0].MeanSquaredError.Should().BeLessThan(0.5 * EnsembleTraining.Train(data, Quick).History[0].MeanSquaredError);
        Action other = () => EnsembleTraining.Train(data, Quick with { Members = 4 }, initial: first);
        other.Should().Throw<ArgumentException>().WithMessage("*10 networks; the options ask for 4*");
        Action wider = () => EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { HiddenUnits = 6 } }, initial: first);
        wider.Should().Throw<ArgumentException>().WithMessage("*5 hidden units*6*");
    }

    [Fact]
    public void Stopping_keeps_the_ensemble_so_far_and_cancelling_keeps_nothing()
    {
        RegressionData data = Problems.NoisyTable(200, 2, 7);
        using var stop = new CancellationTokenSource();
        var stopping = new TrainingControl { StopToken = stop.Token, Progress = new Listener(at => { if (at.Iteration == 5) stop.Cancel(); }) };
        EnsembleResult result = EnsembleTraining.Train(data, Quick, control: stopping);
        result.Termination.Rule.Should().Be(StoppingRule.StoppedByCaller);
        result.BestIteration.Should().Be(6);
        result.Ensemble.Members.Should().HaveCount(10);

        using var cancel = new CancellationTokenSource();
        var cancelling = new TrainingControl { CancellationToken = cancel.Token, Progress = new Listener(at => { if (at.Iteration == 5) cancel.Cancel(); }) };
        Action train = () => EnsembleTraining.Train(data, Quick, control: cancelling);
        train.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void What_cannot_be_trained_is_refused_with_the_way_out()
    {
        RegressionData data = Problems.NoisyTable(30, 2, 7);
        Action tooLarge = () => EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { MemoryLimit = 100_000 } });
        tooLarge.Should().Throw<InvalidOperationException>().WithMessage("*ensemble of 10 networks*the limit is 97.6 KiB*single network*");
        Action one = () => EnsembleTraining.Train(data, Quick with { Members = 1 });
        one.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Members*");
        Action empty = () => EnsembleTraining.Train(new RegressionData(2), Quick);
        empty.Should().Throw<ArgumentException>().WithMessage("*no training rows*");
        Action wrong = () => EnsembleTraining.Train(data, Quick).Ensemble.Predict([1.0]);
        wrong.Should().Throw<ArgumentException>().WithMessage("*takes 2 features, not 1*");
    }

    [Theory, InlineData(2), InlineData(5), InlineData(9)]
    public void Any_number_of_members_is_trained(int members)
    {
        RegressionData data = Problems.NoisyTable(200, 2, 7);
        EnsembleResult result = EnsembleTraining.Train(data, Quick with { Members = members });
        result.Ensemble.Members.Should().HaveCount(members);
        result.Ensemble.Members.Select(member => member.Map).Distinct().Should().HaveCount(2, "half of them see bent features");
        Precisions(result.Ensemble).Should().HaveCount(members).And.OnlyContain(precision => precision > 1);
    }

    private static IEnumerable<double> Precisions(NetworkEnsemble ensemble) => ensemble.Members.OfType<NetworkMember>().Select(member => member.Evidence!.NoisePrecision);

    private static double PredictMember(NetworkEnsemble ensemble, EnsembleMember member, double[] features)
    {
        var inputs = new double[features.Length];
        ensemble.Maps[member.Map].Map<double>(features, inputs);
        return ensemble.Label.Mean + (ensemble.Label.Deviation * member.Predict(inputs));
    }

    private sealed class Listener(Action<TrainingIteration> action) : IProgress<TrainingIteration>
    {
        public void Report(TrainingIteration value) => action(value);
    }
}
