using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>Intervals for rows of groups that training has not seen.</summary>
public class GroupIntervalTests
{
    private static readonly EnsembleOptions Quick = new() { Run = new() { HiddenUnits = 6, Threads = 1 }, MaximumIterations = 25, Members = 4 };

    public static TheoryData<IntervalKind, KernelForm> Kinds => new() { { IntervalKind.Ensemble, KernelForm.Exact }, { IntervalKind.LeftOutRows, KernelForm.Sparse }, { IntervalKind.LeftOutRows, KernelForm.ConjugateGradients }, { IntervalKind.HeldOutRows, KernelForm.Exact } };

    [Theory, MemberData(nameof(Kinds))]
    public void With_the_groups_they_hold_as_often_as_they_say_and_without_them_far_less(IntervalKind kind, KernelForm form)
    {
        const int seeds = 12;
        double[] with = new double[seeds], without = new double[seeds];
        for (int seed = 0; seed < seeds; seed++)
        {
            EnsembleOptions options = Quick with
            {
                Run = Quick.Run with { Seed = seed },
                Intervals = kind,
                CalibrationFraction = 0.5,
                Kernel = new() { Form = form, Centres = 100, EvidenceRows = 150 },
            };
            RegressionData test = Table(60, 1000 + seed, hasGroups: false);
            with[seed] = Held(EnsembleTraining.Train(Table(40, seed, hasGroups: true), options).Ensemble, test);
            without[seed] = Held(EnsembleTraining.Train(Table(40, seed, hasGroups: false), options).Ensemble, test);
        }

        double Error(IEnumerable<double> values) => values.StandardDeviation() / Math.Sqrt(seeds);
        with.Mean().Should().BeInRange(0.9 - (3 * Error(with)), 0.9 + (3 * Error(with)) + 0.04, "intervals may be rather too wide");
        double[] gained = [.. with.Zip(without, (one, other) => one - other)];
        gained.Mean().Should().BeGreaterThan(3 * Error(gained)).And.BeGreaterThan(0.05);
    }

    private static double Held(NetworkEnsemble ensemble, RegressionData test) => Problems.Rows(test).Average(row =>
    {
        IntervalPrediction at = ensemble.PredictInterval(row.Features);
        return at.Lower <= row.Label && row.Label <= at.Upper ? 1.0 : 0.0;
    });

    /// <summary>Groups of ten rows with an offset each, and with features of their own by which a model can recognize them.</summary>
    private static RegressionData Table(int groups, int seed, bool hasGroups)
    {
        var random = new Random(seed);
        var data = new RegressionData(3);
        for (int group = 0; group < groups; group++)
        {
            double offset = Normal.Sample(random, 0, 1), first = Normal.Sample(random, 0, 1), second = Normal.Sample(random, 0, 1);
            for (int j = 0; j < 10; j++)
            {
                double x = (4 * random.NextDouble()) - 2;
                data.Add([first, second, x], Math.Sin(2 * x) + offset + Normal.Sample(random, 0, 0.1), 1, hasGroups ? group : null);
            }
        }

        return data;
    }
}
