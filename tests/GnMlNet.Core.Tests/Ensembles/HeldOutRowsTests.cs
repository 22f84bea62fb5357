using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Training;
using MathNet.Numerics.Random;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>Intervals that are calibrated on rows that nothing of the ensemble has seen.</summary>
public class HeldOutRowsTests
{
    private static readonly EnsembleOptions Cheap = new()
    {
        Run = new() { HiddenUnits = 2, Threads = 1, Seed = 1 },
        Members = 2,
        MaximumIterations = 5,
        Intervals = IntervalKind.HeldOutRows,
        CalibrationFraction = 0.5,
        Kernel = new() { Members = 1, EvidenceRows = 30, Centres = 20, Form = KernelForm.Sparse },
    };

    [Theory, InlineData(false), InlineData(true)]
    public void They_hold_as_often_as_the_theorem_says(bool hasBlock)
    {
        const int tables = 100, tested = 400;
        double difference = 0, variance = 0;
        for (int seed = 0; seed < tables; seed++)
        {
            int rows = 60 + (37 * seed % 541);
            EnsembleOptions options = Cheap with { Run = Cheap.Run with { Seed = seed }, Kernel = hasBlock ? Cheap.Kernel : null };
            NetworkEnsemble ensemble = EnsembleTraining.Train(Make(rows, seed), options).Ensemble;
            double held = Problems.Rows(Make(tested, 10_000 + seed)).Average(row =>
            {
                IntervalPrediction at = ensemble.PredictInterval(row.Features);
                return at.Lower <= row.Label && row.Label <= at.Upper ? 1.0 : 0;
            });
            // The share of a draw of n rows is beta distributed with k and n + 1 - k.
            double n = rows / 2, k = Math.Ceiling(options.IntervalLevel * (n + 1)), expected = k / (n + 1);
            difference += (held - expected) / tables;
            variance += ((expected * (1 - expected) / (n + 2)) + (expected * (1 - expected) / tested)) / ((double)tables * tables);
        }

        Math.Abs(difference).Should().BeLessThan(4 * Math.Sqrt(variance));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_rows_that_calibrate_change_nothing_but_the_width(bool hasBlock)
    {
        RegressionData data = Make(200, 1);
        EnsembleOptions options = Cheap with { Kernel = hasBlock ? Cheap.Kernel : null };
        // They are drawn first of all.
        var isHeld = new bool[200];
        foreach (double weight in NetworkTraining.HoldOut(Weighted(data, j => j + 1), null, 0.5, new MersenneTwister(options.Run.Seed)).Validation!.Weights()) isHeld[(int)weight - 1] = true;
        isHeld.Count(held => held).Should().Be(100);
        var other = new RegressionData(2);
        int row = 0;
        foreach ((double[] x, double y, double w) in Problems.Rows(data))
        {
            bool held = isHeld[row++];
            other.Add(held ? [x[0] + 3, 50 * x[1]] : x, held ? (10 * y) + 100 : y, w);
        }

        NetworkEnsemble one = EnsembleTraining.Train(data, options).Ensemble, changed = EnsembleTraining.Train(other, options).Ensemble;
        foreach ((double[] x, _, _) in Problems.Rows(data)) changed.Predict(x).Should().Be(one.Predict(x));
        (changed.Label, changed.Range, changed.KernelWeight).Should().Be((one.Label, one.Range, one.KernelWeight));
        changed.Intervals!.NoiseVariance.Should().Be(one.Intervals!.NoiseVariance);
        changed.Intervals.Quantile.Should().BeGreaterThan(one.Intervals.Quantile);
    }

    [Theory, InlineData(8, true), InlineData(9, false)]
    public void Too_few_of_them_give_infinite_intervals(int calibrationRows, bool isInfinite)
    {
        // level (n + 1) is at most n from n = 9 on.
        NetworkEnsemble ensemble = EnsembleTraining.Train(Make(90, 1), Cheap with { CalibrationFraction = (calibrationRows + 0.5) / 90 }).Ensemble;
        IntervalPrediction at = ensemble.PredictInterval([0.0, 0.0]);
        double.IsFinite(at.Score).Should().BeTrue();
        (double.IsPositiveInfinity(at.Upper), double.IsNegativeInfinity(at.Lower)).Should().Be((isInfinite, isInfinite));
        double.IsFinite(at.StandardDeviation).Should().BeTrue();
    }

    [Fact]
    public void The_quantile_is_that_of_the_errors_of_the_finished_ensemble_in_units_of_what_it_expects()
    {
        RegressionData data = Make(300, 3);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Cheap).Ensemble;
        RegressionData calibration = NetworkTraining.HoldOut(data, null, 0.5, new MersenneTwister(Cheap.Run.Seed)).Validation!;
        double quantile = ensemble.Intervals!.Quantile, scale = ensemble.Intervals.ErrorScale;
        int held = Problems.Rows(calibration).Count(row =>
        {
            IntervalPrediction at = ensemble.PredictInterval(row.Features);
            return at.Lower - 1e-12 <= row.Label && row.Label <= at.Upper + 1e-12;
        });
        held.Should().Be((int)Math.Ceiling(0.9 * 151), "as many as the level asks for, and no two errors are equal");
        foreach ((double[] x, _, _) in Problems.Rows(calibration).Take(10))
        {
            IntervalPrediction at = ensemble.PredictInterval(x);
            if (double.IsFinite(at.Upper)) ((at.Upper - at.Score) / quantile).Should().BeApproximately(at.StandardDeviation / scale, 1e-9 * at.StandardDeviation);
        }
    }

    [Fact]
    public void A_label_that_never_changes_gives_intervals_of_no_width()
    {
        RegressionData equal = Problems.Table(100, 2, new Random(2), _ => -7.3);
        IntervalPrediction at = EnsembleTraining.Train(equal, Cheap).Ensemble.PredictInterval([5.0, -4.0]);
        (at.Lower, at.Score, at.Upper).Should().Be((-7.3, -7.3, -7.3));
    }

    private static RegressionData Make(int rows, int seed)
    {
        var random = new Random(seed);
        return Problems.Table(rows, 2, random, x => Math.Sin(2 * x[0]) + ((1 + (x[1] * x[1])) * MathNet.Numerics.Distributions.Normal.Sample(random, 0, 0.3)));
    }

    private static RegressionData Weighted(RegressionData data, Func<int, double> weight)
    {
        var weighted = new RegressionData(data.InputSize);
        int row = 0;
        foreach ((double[] x, double y, _) in Problems.Rows(data)) weighted.Add(x, y, weight(row++));
        return weighted;
    }
}
