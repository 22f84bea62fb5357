using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using MathNet.Numerics.Distributions;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>What must not matter to an ensemble: the order of rows and columns, and columns of noise.</summary>
public class EnsembleLawsTests
{
    private static readonly EnsembleOptions Options = new() { Run = new() { HiddenUnits = 12, Threads = 2, Seed = 1 }, MaximumIterations = 60 };

    [Fact]
    public void A_column_of_noise_costs_little_and_is_found_to_matter_least()
    {
        double plain = 0, noisy = 0;
        for (int seed = 0; seed < 3; seed++)
        {
            RegressionData data = FriedmanTables.Make(1, 300, seed), test = FriedmanTables.Make(1, 1000, 100 + seed);
            var random = new Random(seed);
            NetworkEnsemble five = EnsembleTraining.Train(Columns(data, FirstFive), Options with { Run = Options.Run with { Seed = seed } }).Ensemble;
            double[] noise = new double[1000];
            Normal.Samples(random, noise, 0, 1);
            NetworkEnsemble six = EnsembleTraining.Train(Columns(data, x => [.. x[..5], Normal.Sample(random, 0, 1)]), Options with { Run = Options.Run with { Seed = seed } }).Ensemble;
            plain += Error(five, test, (x, _) => FirstFive(x)) / 3;
            noisy += Error(six, test, (x, j) => [.. x[..5], noise[j]]) / 3;
            six.Relevance[5].Should().BeLessThan(six.Relevance.Take(5).Min());
        }

        noisy.Should().BeLessThan(1.03 * plain);
    }

    [Fact]
    public void The_order_of_the_rows_matters_only_as_another_seed_does()
    {
        RegressionData data = FriedmanTables.Make(1, 300, 3), test = FriedmanTables.Make(1, 500, 4);
        NetworkEnsemble one = EnsembleTraining.Train(data, Options).Ensemble;
        NetworkEnsemble shuffled = EnsembleTraining.Train(data.Shuffle(new Random(5)), Options).Ensemble, reseeded = EnsembleTraining.Train(data, Options with { Run = Options.Run with { Seed = 2 } }).Ensemble;
        double Distance(NetworkEnsemble other) => Problems.Rows(test).Average(row => Math.Pow(one.Predict(row.Features) - other.Predict(row.Features), 2));
        Distance(shuffled).Should().BeInRange(0.3 * Distance(reseeded), 3 * Distance(reseeded));
    }

    [Fact]
    public void The_order_of_the_columns_matters_no_more_than_another_seed_does()
    {
        RegressionData data = FriedmanTables.Make(1, 300, 3), test = FriedmanTables.Make(1, 500, 4);
        NetworkEnsemble one = EnsembleTraining.Train(data, Options).Ensemble, reseeded = EnsembleTraining.Train(data, Options with { Run = Options.Run with { Seed = 2 } }).Ensemble;
        NetworkEnsemble turned = EnsembleTraining.Train(Columns(data, Reverse), Options).Ensemble;
        double Distance(Func<double[], double> other) => Problems.Rows(test).Average(row => Math.Pow(one.Predict(row.Features) - other(row.Features), 2));
        Distance(x => turned.Predict(Reverse(x))).Should().BeLessThan(3 * Distance(x => reseeded.Predict(x)));
    }

    private static double[] FirstFive(double[] x) => x[..5];

    private static double[] Reverse(double[] x) => [.. x.Reverse()];

    private static RegressionData Columns(RegressionData data, Func<double[], double[]> choose)
    {
        RegressionData? chosen = null;
        foreach ((double[] x, double y, double w) in Problems.Rows(data))
        {
            double[] columns = choose(x);
            (chosen ??= new RegressionData(columns.Length)).Add(columns, y, w);
        }

        return chosen!;
    }

    private static double Error(NetworkEnsemble ensemble, RegressionData test, Func<double[], int, double[]> choose) =>
        Math.Sqrt(Problems.Rows(test).Select((row, j) => Math.Pow(ensemble.Predict(choose(row.Features, j)) - row.Label, 2)).Average());
}
