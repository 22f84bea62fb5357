using CsCheck;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Objectives;
using GnMlNet.Core.Steps;
using GnMlNet.Core.Training;
using MathNet.Numerics.LinearAlgebra;

namespace GnMlNet.Core.Tests.Ensembles;

public class IntervalTests
{
    private static readonly EnsembleOptions Quick = new() { Run = new() { HiddenUnits = 8, Threads = 2, Seed = 1 }, MaximumIterations = 50 };

    [Fact]
    public void Derivatives_by_the_parameters_are_limits_of_differences() => Gen.Select(Gen.Int[1, 5], Gen.Int[1, 9], Gen.Bool, Gen.Int).Sample(
        (inputs, hidden, biases, seed) =>
        {
            var random = new Random(seed);
            Network network = Problems.RandomNetwork(new NetworkShape(inputs, hidden, biases), random);
            double[] x = Problems.RandomVector(inputs, random), parameters = network.Parameters.ToArray(), derivatives = new double[parameters.Length];
            network.Differentiate(x, derivatives);
            for (int i = 0; i < parameters.Length; i++)
            {
                double Shifted(double by) => new Network(network.Shape, network.Activation, [.. parameters.Select((value, at) => at == i ? value + by : value)]).Predict(x);
                derivatives[i].Should().BeApproximately((Shifted(1e-5) - Shifted(-1e-5)) / 2e-5, 1e-7 * (1 + Math.Abs(derivatives[i])));
            }
        },
        iter: 30);

    // Few rows of many columns: the steps are those of the dual form, the leverage at left-out rows in either form.
    [Theory, InlineData(true), InlineData(false)]
    public void The_leverage_of_a_wide_table_is_that_of_a_dense_inverse_of_the_Hessian(bool keeps)
    {
        RegressionData raw = Problems.NoisyTable(30, 12, 3), rows = FeatureMap.Plain(Standardization.Measure(raw)).Map(raw, Standardization.Measure(raw).Label, new WorkSharing(1));
        int[] all = [.. Enumerable.Range(0, 30)];
        var shape = new NetworkShape(12, 4);
        var trained = new TrainedParameters(shape);
        MemberTraining.FormOf(trained, 24, adaptsPenalty: true).Should().Be(StepForm.Dual);
        MemberTraining.FormOf(trained, 24, adaptsPenalty: false).Should().Be(StepForm.Primal);
        var member = new MemberTraining(new HeldMemberRows(0, rows, all[6..], all[..6]), Quick.MemberOptions(4), new TrainingControl());
        member.Begin(Initialization.Draw(shape, new Random(1)), null);
        for (int i = 0; i < 30; i++) member.Advance();
        member.Keep();
        (_, double[] leverage) = member.MeasureLeverage(keeps);
        (member.Kept!.Leverage is not null).Should().Be(keeps);

        Evidence evidence = member.Kept.Evidence!;
        var groups = new ParameterGroups(trained);
        int p = trained.Count;
        Matrix<double> jacobian = Matrix<double>.Build.DenseOfRowArrays(Problems.Rows(rows).Select(row =>
        {
            var derivatives = new double[p];
            member.Kept.Network.Differentiate(row.Features, derivatives);
            return derivatives;
        }));
        Matrix<double> training = jacobian.SubMatrix(6, 24, 0, p);
        Matrix<double> hessian = (evidence.NoisePrecision * training.TransposeThisAndMultiply(training)) + Matrix<double>.Build.Diagonal(p, p, i => evidence.Precisions[groups[i]]);
        for (int j = 0; j < 6; j++)
        {
            Vector<double> row = jacobian.Row(j);
            double expected = row * hessian.Solve(row);
            leverage[j].Should().BeApproximately(expected, (keeps ? 1e-4 : 1e-9) * expected);
        }
    }

    [Fact]
    public void The_leverage_is_that_of_a_dense_inverse_of_the_Hessian()
    {
        RegressionData raw = Problems.NoisyTable(120, 2, 3), rows = FeatureMap.Plain(Standardization.Measure(raw)).Map(raw, Standardization.Measure(raw).Label, new WorkSharing(1));
        int[] all = [.. Enumerable.Range(0, 120)];
        var member = new MemberTraining(new HeldMemberRows(0, rows, all[20..], all[..20]), Quick.MemberOptions(4), new TrainingControl());
        member.Begin(Initialization.Draw(new NetworkShape(2, 4), new Random(1)), null);
        for (int i = 0; i < 30; i++) member.Advance();
        member.Keep();
        (double noise, double[] leverage) = member.MeasureLeverage(keep: true);

        Evidence evidence = member.Kept!.Evidence!;
        noise.Should().Be(1 / evidence.NoisePrecision);
        var groups = new ParameterGroups(new TrainedParameters(new NetworkShape(2, 4)));
        Matrix<double> jacobian = Matrix<double>.Build.DenseOfRowArrays(Problems.Rows(rows).Select(row =>
        {
            var derivatives = new double[17];
            member.Kept.Network.Differentiate(row.Features, derivatives);
            return derivatives;
        }));
        Matrix<double> training = jacobian.SubMatrix(20, 100, 0, 17);
        Matrix<double> hessian = (evidence.NoisePrecision * training.TransposeThisAndMultiply(training)) + Matrix<double>.Build.Diagonal(17, 17, i => evidence.Precisions[groups[i]]);
        for (int j = 0; j < 20; j++)
        {
            Vector<double> row = jacobian.Row(j);
            double expected = row * hessian.Solve(row);
            leverage[j].Should().BeApproximately(expected, 1e-4 * expected);
        }
    }

    [Fact]
    public void The_conformal_quantile_of_all_but_one_value_holds_that_one_as_often_as_the_level_says() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[0.05, 0.95], Gen.Int).Sample((count, level, seed) =>
        {
            double[] values = Problems.RandomVector(count + 1, new Random(seed));
            // Of exchangeable values each is the new one equally often.
            int held = Enumerable.Range(0, count + 1).Count(left =>
                values[left] <= IntervalCalibration.ConformalQuantile([.. values.Where((_, i) => i != left).Select(value => (value, 1.0))], level));
            bool isPossible = level * (count + 2) <= count;
            if (isPossible) ((double)held / (count + 1)).Should().BeInRange(level - 1e-12, level + (1.0 / (count + 1)) + 1e-12);
        });

    [Fact]
    public void In_the_quantile_a_weight_of_two_is_the_value_given_twice() => Gen.Select(Gen.Double[0, 9].Array[1, 30], Gen.Double[0.05, 0.95]).Sample((values, level) =>
    {
        double weighted = IntervalCalibration.ConformalQuantile([.. values.Select((value, i) => (value, 1.0 + (i % 2)))], level);
        IntervalCalibration.ConformalQuantile([.. values.SelectMany((value, i) => Enumerable.Repeat((value, 1.0), 1 + (i % 2)))], level).Should().Be(weighted);
    });

    [Theory, InlineData(1), InlineData(2)]
    public void On_Friedmans_problems_intervals_hold_as_often_as_they_say(int problem)
    {
        double tight = 0, wide = 0, ratio = 0;
        const int seeds = 20;
        for (int seed = 0; seed < seeds; seed++)
        {
            RegressionData data = FriedmanTables.Make(problem, 150, seed), test = FriedmanTables.Make(problem, 300, 1000 + seed);
            NetworkEnsemble ensemble = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { Seed = seed } }).Ensemble;
            NetworkEnsemble leftOut = EnsembleTraining.Train(data, Quick with { Run = Quick.Run with { Seed = seed }, Intervals = IntervalKind.LeftOutRows }).Ensemble;
            tight += Held(ensemble, test) / seeds;
            wide += Held(leftOut, test) / seeds;
            ratio += Problems.Rows(test).Average(row => Math.Pow((ensemble.Predict(row.Features) - row.Label) / ensemble.PredictInterval(row.Features).StandardDeviation, 2)) / seeds;
        }

        tight.Should().BeInRange(0.86, 0.94);
        wide.Should().BeInRange(0.88, 0.96).And.BeGreaterThanOrEqualTo(tight);
        ratio.Should().BeInRange(0.75, 1.3, "the standard deviation is the root mean square error to expect");
    }

    [Fact]
    public void Intervals_lie_around_the_score_and_widen_with_the_level_and_away_from_the_rows()
    {
        RegressionData data = Problems.NoisyTable(200, 2, 7);
        NetworkEnsemble most = EnsembleTraining.Train(data, Quick with { IntervalLevel = 0.95 }).Ensemble, half = EnsembleTraining.Train(data, Quick with { IntervalLevel = 0.5 }).Ensemble;
        foreach ((double[] x, _, _) in Problems.Rows(data).Take(20))
        {
            IntervalPrediction wide = most.PredictInterval(x), narrow = half.PredictInterval(x);
            wide.Score.Should().Be(most.Predict(x)).And.Be(narrow.Score);
            (wide.Upper - wide.Score).Should().BeApproximately(wide.Score - wide.Lower, 1e-9);
            (wide.Upper - wide.Lower).Should().BeGreaterThan(narrow.Upper - narrow.Lower);
            wide.StandardDeviation.Should().Be(narrow.StandardDeviation);
        }

        most.PredictInterval([4.0, 4.0]).StandardDeviation.Should().BeGreaterThan(most.PredictInterval([0.0, 0.0]).StandardDeviation);
    }

    [Fact]
    public void Too_few_rows_to_calibrate_on_give_infinite_intervals_and_none_were_asked_for_gives_an_error()
    {
        RegressionData few = Problems.NoisyTable(8, 2, 7);
        IntervalPrediction unknown = EnsembleTraining.Train(few, Quick).Ensemble.PredictInterval([0.0, 0.0]);
        double.IsFinite(unknown.Score).Should().BeTrue();
        (unknown.Lower, unknown.Upper).Should().Be((double.NegativeInfinity, double.PositiveInfinity));

        Action none = () => EnsembleTraining.Train(few, Quick with { Intervals = IntervalKind.None }).Ensemble.PredictInterval([0.0, 0.0]);
        none.Should().Throw<InvalidOperationException>().WithMessage("*without intervals*");
    }

    private static double Held(NetworkEnsemble ensemble, RegressionData test) => Problems.Rows(test).Average(row =>
    {
        IntervalPrediction at = ensemble.PredictInterval(row.Features);
        return at.Lower <= row.Label && row.Label <= at.Upper ? 1.0 : 0.0;
    });
}
