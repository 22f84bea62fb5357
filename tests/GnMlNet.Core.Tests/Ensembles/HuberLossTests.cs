using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Networks;
using GnMlNet.Core.Training;
using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>Huber's loss on all kinds of members, on tables whose wrong labels are known.</summary>
public class HuberLossTests
{
    private const double Noise = 0.2;

    public static TheoryData<string, double> Kinds => new() { { "networks", 0.05 }, { "networks", 0.1 }, { "block", 0.05 }, { "block", 0.1 }, { "both", 0.1 }, { "single", 0.1 } };

    [Theory, MemberData(nameof(Kinds))]
    public void Wrong_labels_hardly_change_predictions(string kind, double share)
    {
        foreach (int seed in new[] { 1, 2, 3 })
        {
            RegressionData dirty = Table(250, seed, share), clean = Table(250, seed, 0);
            double squared = Error(kind, dirty, RegressionLoss.SquaredError, seed), huber = Error(kind, dirty, RegressionLoss.Huber, seed), best = Error(kind, clean, RegressionLoss.SquaredError, seed);
            huber.Should().BeLessThan(0.5 * squared).And.BeLessThan(1.6 * best);
        }
    }

    [Theory, InlineData("networks"), InlineData("block"), InlineData("both"), InlineData("single")]
    public void With_normal_noise_hardly_anything_is_lost(string kind)
    {
        double Of(RegressionLoss loss) => Math.Sqrt(Enumerable.Range(1, 4).Average(seed => Math.Pow(Error(kind, Table(250, seed, 0), loss, seed, noisy: true), 2)));
        Of(RegressionLoss.Huber).Should().BeLessThan(1.03 * Of(RegressionLoss.SquaredError));
    }

    [Fact]
    public void The_size_of_wrong_labels_does_not_matter()
    {
        double Of(double size) => Error("both", Table(250, 1, 0.1, size), RegressionLoss.Huber, 1);
        Of(1e9).Should().BeLessThan(1.2 * Of(10));
    }

    [Theory, InlineData(-8), InlineData(11)]
    public void Labels_in_another_unit_give_the_same_predictions_in_that_unit(int exponent)
    {
        double unit = Math.Pow(2, exponent);
        NetworkEnsemble one = Train(Table(150, 2, 0.1)), other = Train(Table(150, 2, 0.1, unit: unit));
        foreach ((double[] x, _, _) in Problems.Rows(Table(30, 3, 0)))
            other.Predict(x).Should().BeApproximately(unit * one.Predict(x), 1e-9 * unit);

        static NetworkEnsemble Train(RegressionData data) => EnsembleTraining.Train(data, Options("both", RegressionLoss.Huber, 1)).Ensemble;
    }

    [Fact]
    public void Intervals_hold_of_all_rows_the_wrong_ones_with_them()
    {
        RegressionData data = Table(400, 5, 0.04), test = Table(1000, 6, 0.04);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Options("both", RegressionLoss.Huber, 1) with { Intervals = IntervalKind.LeftOutRows }).Ensemble;
        double held = Problems.Rows(test).Average(row => ensemble.PredictInterval(row.Features) is var at && at.Lower <= row.Label && row.Label <= at.Upper ? 1 : 0);
        held.Should().BeInRange(0.86, 0.96);
    }

    [Fact]
    public void A_guarantee_by_held_out_rows_counts_them_as_they_are()
    {
        RegressionData data = Table(400, 7, 0.04), test = Table(1000, 8, 0.04);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Options("networks", RegressionLoss.Huber, 1) with { Intervals = IntervalKind.HeldOutRows }).Ensemble;
        Problems.Rows(test).Average(row => ensemble.PredictInterval(row.Features) is var at && at.Lower <= row.Label && row.Label <= at.Upper ? 1 : 0).Should().BeInRange(0.82, 0.98);
    }

    [Fact]
    public void A_loss_that_is_not_there_is_refused() =>
        FluentActions.Invoking(() => new EnsembleOptions { Loss = (RegressionLoss)2 }.Validate()).Should().Throw<ArgumentOutOfRangeException>().Which.ParamName.Should().Be("Loss");

    private static EnsembleOptions Options(string kind, RegressionLoss loss, int seed) => new()
    {
        Run = new() { HiddenUnits = kind == "block" ? 1 : 8, Threads = 2, Seed = seed },
        // Networks that are not trained leave all the weight to the block.
        Members = kind == "block" ? 2 : 8,
        MaximumIterations = kind == "block" ? 0 : 40,
        Kernel = kind == "networks" ? null : new() { EvidenceRows = 200, Members = 2 },
        Loss = loss,
    };

    private static double Error(string kind, RegressionData data, RegressionLoss loss, int seed, bool noisy = false)
    {
        Func<double[], double> predict;
        if (kind == "single")
        {
            var run = new RunOptions { HiddenUnits = 8, Threads = 2, Seed = seed };
            RegressionData rows = loss == RegressionLoss.Huber ? RobustWeights.Measure(data, run).ApplyTo(data) : data;
            Network network = NetworkTraining.Train(rows, new TrainingOptions { Run = run }).Network;
            predict = x => network.Predict(x);
        }
        else
        {
            NetworkEnsemble ensemble = EnsembleTraining.Train(data, Options(kind, loss, seed)).Ensemble;
            predict = x => ensemble.Predict(x);
        }

        return Math.Sqrt(Problems.Rows(Table(400, 1000 + seed, 0, noise: noisy ? Noise : 0)).Average(row => Math.Pow(predict(row.Features) - row.Label, 2)));
    }

    /// <summary>A smooth table with normal noise, of which a share of the labels is far off, more often above than below.</summary>
    private static RegressionData Table(int rows, int seed, double share, double size = 10, double unit = 1, double noise = Noise)
    {
        Random random = new(seed), wrong = new(seed + 100);
        return Problems.Table(rows, 2, random, x =>
        {
            double label = Math.Sin(2 * x[0]) + (x[1] * x[1] / 2) + (noise * Normal.Sample(random, 0, 1));
            double by = size * (wrong.NextDouble() + 0.5) * (wrong.NextDouble() < 0.7 ? 1 : -1);
            return unit * (wrong.NextDouble() < share ? label + by : label);
        });
    }
}
