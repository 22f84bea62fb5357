using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;
using GnMlNet.Core.Networks;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>Exact slopes of the score beside its differences.</summary>
public class SlopesTests
{
    private const int Inputs = 3;

    // In standard deviations of the label per standard deviation of the feature.
    private const double Tolerance = 1e-6;

    public static TheoryData<string, bool, bool> Kinds => new()
    {
        { "Tanh", false, false }, { "Logistic", true, false }, { "Tanh and kernel", false, false }, { "Logistic and kernel", true, false }, { "kernel", false, false }, { "Tanh and kernel", true, true },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void Slopes_agree_with_central_differences_of_the_score_at_random_rows(string kind, bool isPlain, bool isSmooth)
    {
        NetworkEnsemble ensemble = Make(kind, isPlain, isSmooth, seed: 1);
        var random = new Random(5);
        int compared = 0;
        for (int row = 0; row < 60; row++)
        {
            double[] x = Problems.RandomVector(Inputs, random);
            Slope[] slopes = ensemble.Slopes(x);
            for (int k = 0; k < Inputs; k++)
            {
                slopes[k].State.Should().Be(SlopeState.Exists);
                // A kink between the two would be none of the slope's.
                if (Math.Abs(Side(ensemble, x, k, 1e-5) - Side(ensemble, x, k, -1e-5)) > 1e-3) continue;
                slopes[k].Value.Should().BeApproximately((Shifted(ensemble, x, k, 1e-5) - Shifted(ensemble, x, k, -1e-5)) / 2e-5, Tolerance * ensemble.Label.Deviation, kind);
                compared++;
            }
        }

        compared.Should().BeGreaterThan(170);
    }

    [Fact]
    public void A_trained_ensemble_has_the_slopes_of_its_score_and_at_training_rows_those_of_both_sides()
    {
        RegressionData data = FriedmanTables.Make(2, 120, 3);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, new EnsembleOptions { Run = new() { HiddenUnits = 5, Threads = 2, Seed = 1 }, Members = 6, MaximumIterations = 20 }).Ensemble;
        ensemble.KernelWeight.Should().BePositive();
        double[] units = [.. ensemble.Maps[0].Columns.Select(column => column.Scale.Deviation)];
        int kinks = 0, smooth = 0;
        foreach ((double[] x, _, _) in Problems.Rows(data).Take(30))
        {
            Slope[] slopes = ensemble.Slopes(x);
            for (int k = 0; k < x.Length; k++)
            {
                double unit = ensemble.Label.Deviation / units[k];
                slopes[k].Right.Should().BeApproximately(Side(ensemble, x, k, 1e-6 * units[k]), 1e-5 * unit);
                slopes[k].Left.Should().BeApproximately(Side(ensemble, x, k, -1e-6 * units[k]), 1e-5 * unit);
                if (slopes[k].State == SlopeState.Kink) kinks++;
            }

            double[] beside = [.. x.Select((value, k) => value + (0.01 * units[k]))];
            Slope[] others = ensemble.Slopes(beside);
            for (int k = 0; k < x.Length; k++)
            {
                others[k].State.Should().Be(SlopeState.Exists);
                others[k].Value.Should().BeApproximately((Shifted(ensemble, beside, k, 1e-5 * units[k]) - Shifted(ensemble, beside, k, -1e-5 * units[k])) / (2e-5 * units[k]), Tolerance * ensemble.Label.Deviation / units[k]);
                smooth++;
            }
        }

        (kinks, smooth).Should().Be((120, 120), "the Laplace part has a kink at each of its rows, and nothing has one between them");
    }

    [Fact]
    public void The_slope_of_a_network_is_the_sum_over_its_units()
    {
        var random = new Random(2);
        foreach (Activation activation in Activation.All)
        {
            Network network = RandomNetwork(activation, 7, random);
            double[] x = Problems.RandomVector(Inputs, random);
            Slope[] slopes = NetworkEnsemble.Of(network).Slopes(x);
            NetworkEnsemble.Of(network).Predict(x).Should().Be(network.Predict(x));
            for (int k = 0; k < Inputs; k++)
            {
                double sum = 0;
                for (int i = 0; i < 7; i++)
                {
                    ReadOnlySpan<double> w = network.HiddenWeights.Slice(i * Inputs, Inputs);
                    double z = network.HiddenBiases[i];
                    for (int l = 0; l < Inputs; l++) z += w[l] * x[l];
                    sum += network.OutputWeights[i] * activation.Slope(z) * w[k];
                }

                slopes[k].Value.Should().BeApproximately(sum, 1e-13);
            }
        }
    }

    [Fact]
    public void A_network_of_the_paper_is_differentiated_as_the_network_that_it_is()
    {
        var random = new Random(4);
        var initial = SignedInitialization.Draw(Inputs, 6, Activation.Tanh, random);
        var nullified = new NullifiedNetwork(initial, [.. initial.Weights.ToArray().Select(w => w + (0.3 * random.NextDouble()))], scale: 2);
        NetworkEnsemble ensemble = NetworkEnsemble.Of(nullified.Network);
        double[] x = Problems.RandomVector(Inputs, random);
        Slope[] slopes = ensemble.Slopes(x);
        for (int k = 0; k < Inputs; k++) slopes[k].Value.Should().BeApproximately((Shifted(ensemble, x, k, 1e-5) - Shifted(ensemble, x, k, -1e-5)) / 2e-5, Tolerance);
    }

    [Fact]
    public void Where_a_bound_cuts_predictions_off_the_slope_is_0_and_at_the_edge_it_has_two_sides()
    {
        NetworkEnsemble free = NetworkEnsemble.Of(RandomNetwork(Activation.Tanh, 5, new Random(3)));
        double[] x = [0.3, -0.2, 0.1];
        double score = free.Predict(x), slope = free.Slopes(x)[0].Value;
        free.WithBounds(new LabelBounds(upper: score - 1)).Slopes(x).Should().OnlyContain(at => at.State == SlopeState.Exists && at.Value == 0);
        Slope edge = free.WithBounds(new LabelBounds(upper: score)).Slopes(x)[0];
        edge.State.Should().Be(SlopeState.Kink);
        double.IsNaN(edge.Value).Should().BeTrue();
        new[] { edge.Left, edge.Right }.Should().BeEquivalentTo([0.0, slope]);
        free.WithBounds(new LabelBounds(upper: score + 1)).Slopes(x)[0].Value.Should().Be(slope);
    }

    [Fact]
    public void Beyond_the_training_rows_a_bent_column_has_slope_0_and_at_their_end_two_sides()
    {
        var column = new ColumnMap(new ColumnScale(1, 2), 0.4, -1, 1.5, new ColumnScale(0.1, 0.8));
        column.Slopes(4.5).Right.Should().Be(0);
        column.Slopes(4).Should().Be((column.Slopes(4).Left, 0.0));
        column.Slopes(-1).Should().Be((0.0, column.Slopes(-1).Right));
        foreach (double softness in new[] { 0, 0.5 })
        {
            ColumnMap map = column with { Softness = softness };
            for (double x = -3.05; x < 6; x += 0.1)
            {
                (double left, double right) = map.Slopes(x);
                left.Should().Be(right).And.BeApproximately((map.Map(x + 1e-6) - map.Map(x - 1e-6)) / 2e-6, 1e-7);
            }
        }
    }

    [Fact]
    public void What_has_no_derivative_says_why()
    {
        NetworkEnsemble ensemble = Make("Tanh and kernel", isPlain: false, isSmooth: false, seed: 1);
        Slope[] slopes = ensemble.Slopes([0.1, 1, 0.2], [new CategoryRange(1, 2)]);
        slopes.Select(slope => slope.State).Should().Equal(SlopeState.Exists, SlopeState.Categorical, SlopeState.Categorical);
        slopes[1].Middle.Should().Be(double.NaN);
        ensemble.Slopes([0.1, double.NaN, 0.2]).Should().OnlyContain(slope => slope.State == SlopeState.NoPrediction && double.IsNaN(slope.Value));
        ensemble.Invoking(of => of.Slopes([0.1, 0.2])).Should().Throw<ArgumentException>().WithMessage("*3 features, not 2*");
    }

    [Fact]
    public void A_winsorized_mean_moves_as_its_numbers_do_also_where_they_are_equal()
    {
        var random = new Random(8);
        for (int trial = 0; trial < 200; trial++)
        {
            // Few different numbers, so that many are equal.
            double[] values = [.. Enumerable.Range(0, 3 + (trial % 9)).Select(_ => (double)random.Next(6))], rates = Problems.RandomVector(values.Length, random);
            OneSidedValue mean = WinsorizedMean.Of<OneSidedValue>([.. values.Select((value, k) => new OneSidedValue(value, rates[k]))]);
            double At(double step) => WinsorizedMean.Of<double>([.. values.Select((value, k) => value + (step * rates[k]))]);
            mean.Value.Should().BeApproximately(At(0), 1e-14);
            mean.Rate.Should().BeApproximately((At(1e-6) - At(0)) / 1e-6, 1e-8);
        }
    }

    private static double Shifted(NetworkEnsemble ensemble, double[] x, int feature, double by) => ensemble.Predict([.. x.Select((value, k) => k == feature ? value + by : value)]);

    /// <summary>The slope to the side of the step, to second order.</summary>
    private static double Side(NetworkEnsemble ensemble, double[] x, int feature, double step) =>
        ((4 * Shifted(ensemble, x, feature, step / 2)) - Shifted(ensemble, x, feature, step) - (3 * ensemble.Predict(x))) / step;

    private static Network RandomNetwork(Activation activation, int units, Random random)
    {
        var shape = new NetworkShape(Inputs, units);
        return new Network(shape, activation, Problems.RandomVector((int)shape.ParameterCount, random));
    }

    private static NetworkEnsemble Make(string kind, bool isPlain, bool isSmooth, int seed)
    {
        var random = new Random(seed);
        ColumnScale Scale() => new(random.NextDouble(), 0.5 + random.NextDouble());
        FeatureMap plain = new([.. Enumerable.Range(0, Inputs).Select(_ => ColumnMap.Plain(Scale()))]);
        FeatureMap bent = new([.. Enumerable.Range(0, Inputs).Select(_ => new ColumnMap(Scale(), 2 * random.NextDouble(), -0.8, 0.9, new ColumnScale(0.2, 0.9), isSmooth ? 0.5 : 0))]);
        NetworkMember[] networks = kind == "kernel" ? [] : [.. Enumerable.Range(0, 8).Select(k => new NetworkMember(RandomNetwork(kind.StartsWith("Tanh", StringComparison.Ordinal) ? Activation.Tanh : Activation.Logistic, 6, random), map: k % 2))];
        KernelMember[] block = !kind.Contains("kernel", StringComparison.Ordinal) ? [] : [.. Enumerable.Range(0, 5).Select(k => new KernelMember(
            k % 2,
            (KernelForm)(k % 3),
            new KernelExpansion(
                new RadialKernel(isSmooth ? 0 : random.NextDouble(), [.. Enumerable.Range(0, Inputs).Select(_ => random.NextDouble())], random.NextDouble(), [.. Enumerable.Range(0, Inputs).Select(_ => random.NextDouble())], 10),
                Problems.RandomVector(30 * Inputs, random),
                Problems.RandomVector(30, random)),
            noiseVariance: 0.1,
            logEvidence: 0))];
        LabelRange range = isSmooth ? LabelRange.Unlimited : new LabelRange(-1.2, 1.5);
        return new NetworkEnsemble([plain, bent], [.. networks, .. block], new ColumnScale(3, 2), range, networks.Length == 0 ? 1 : block.Length == 0 ? 0 : 0.4) { HasPlainMeans = isPlain };
    }
}
