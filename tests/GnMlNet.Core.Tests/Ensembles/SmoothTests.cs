using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Kernels;

namespace GnMlNet.Core.Tests.Ensembles;

/// <summary>Ensembles whose score has a derivative everywhere.</summary>
public class SmoothTests
{
    private static readonly EnsembleOptions Options = new() { Run = new() { HiddenUnits = 6, Threads = 2, Seed = 1 }, Members = 8, MaximumIterations = 30, Kernel = new() { Smooth = true } };

    [Theory, InlineData(KernelForm.Exact), InlineData(KernelForm.Sparse)]
    public void The_score_has_a_derivative_at_the_rows_at_the_borders_and_beyond(KernelForm form)
    {
        RegressionData data = Make(150);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Options with { Kernel = Options.Kernel! with { Form = form, Centres = 80 } }).Ensemble;
        ensemble.KernelWeight.Should().BePositive();
        ensemble.Maps.SelectMany(map => map.Columns).Should().Contain(column => column.Power != 1, "or borders would mean nothing");
        foreach (double[] x in Places(data))
        {
            for (int k = 0; k < x.Length; k++) IsKink(ensemble, x, k).Should().BeFalse($"feature {k} of ({string.Join(", ", x)})");
        }
    }

    [Fact]
    public void Without_that_option_rows_and_borders_are_kinks()
    {
        RegressionData data = Make(150);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Options with { Kernel = new() }).Ensemble;
        ensemble.Members.OfType<KernelMember>().Should().Contain(member => member.Expansion.Kernel.LaplaceVariance > 0.01);
        Places(data).Count(x => IsKink(ensemble, x, 0) || IsKink(ensemble, x, 1)).Should().BeGreaterThan(20);
    }

    [Fact]
    public void It_has_no_Laplace_part_plain_means_soft_borders_and_no_limit()
    {
        RegressionData data = Make(150);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, Options).Ensemble;
        ensemble.HasPlainMeans.Should().BeTrue();
        ensemble.Range.Should().Be(LabelRange.Unlimited);
        ensemble.Members.OfType<KernelMember>().Should().NotBeEmpty().And.OnlyContain(member => member.Expansion.Kernel.LaplaceVariance == 0);
        ensemble.Maps.SelectMany(map => map.Columns).Where(column => column.Power != 1).Should().NotBeEmpty().And.OnlyContain(column => column.Softness > 0);
        foreach ((double[] x, _, _) in Problems.Rows(data).Take(20))
        {
            double Mean(Func<EnsembleMember, bool> isKind)
            {
                double[] values = [.. ensemble.Members.Where(isKind).Select(member =>
                {
                    var inputs = new double[x.Length];
                    ensemble.Maps[member.Map].Map<double>(x, inputs);
                    return member.Predict(inputs);
                })];
                return values.Length == 0 ? 0 : values.Average();
            }

            double w = ensemble.KernelWeight, standardized = ((1 - w) * Mean(member => member is NetworkMember)) + (w * Mean(member => member is KernelMember));
            ensemble.Predict(x).Should().BeApproximately(ensemble.Label.Mean + (ensemble.Label.Deviation * standardized), 1e-9);
        }

        IntervalPrediction far = ensemble.PredictInterval([100.0, 100.0]);
        (double.IsFinite(far.Lower), double.IsFinite(far.Upper)).Should().Be((true, true));
    }

    // All rows, points at and around the borders of the table, and points far beyond.
    private static IEnumerable<double[]> Places(RegressionData data)
    {
        double[][] rows = [.. Problems.Rows(data).Select(row => row.Features)];
        double[] least = [.. Enumerable.Range(0, 2).Select(k => rows.Min(x => x[k]))], greatest = [.. Enumerable.Range(0, 2).Select(k => rows.Max(x => x[k]))];
        return [.. rows.Take(60), least, greatest, [least[0], greatest[1]], [greatest[0], 0.3], [0.3, least[1]], [greatest[0] + 0.2, 0.1], [greatest[0] + 2, greatest[1] + 1], [least[0] - 1, least[1] - 3]];
    }

    /// <summary>Whether the slopes of both sides differ in the limit: of a smooth function the difference falls like the step.</summary>
    private static bool IsKink(NetworkEnsemble ensemble, double[] x, int feature)
    {
        double Jump(double step)
        {
            double At(double by) => ensemble.Predict([.. x.Select((value, k) => k == feature ? value + by : value)]);
            return Math.Abs(At(step) - (2 * At(0)) + At(-step)) / step;
        }

        return Jump(1e-4) > (0.3 * Jump(1e-3)) + 1e-5;
    }

    // The second feature has a long tail, so that it is bent.
    private static RegressionData Make(int rows)
    {
        var random = new Random(3);
        var data = new RegressionData(2);
        for (int j = 0; j < rows; j++)
        {
            double[] x = [Math.Exp(2 * random.NextDouble()), Math.Exp(2 * random.NextDouble()) - 3];
            data.Add(x, Math.Sin(x[0]) + (0.3 * x[1]) + (0.1 * random.NextDouble()), 1);
        }

        return data;
    }
}
