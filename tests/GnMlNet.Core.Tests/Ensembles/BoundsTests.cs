using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;

namespace GnMlNet.Core.Tests.Ensembles;

public class BoundsTests
{
    private static readonly EnsembleOptions s_quick = new() { Run = new() { HiddenUnits = 4, Threads = 2, Seed = 1 }, Members = 4, MaximumIterations = 15, Kernel = new() { Members = 2, EvidenceRows = 80 } };

    [Theory, InlineData(IntervalKind.Ensemble), InlineData(IntervalKind.HeldOutRows)]
    public void A_confined_ensemble_is_the_free_one_confined_and_its_intervals_hold_no_less(IntervalKind kind)
    {
        RegressionData data = Counts(200, 1), test = Counts(400, 2);
        NetworkEnsemble free = EnsembleTraining.Train(data, s_quick with { Intervals = kind }).Ensemble, confined = EnsembleTraining.Train(data, s_quick with { Intervals = kind, Bounds = new LabelBounds(0) }).Ensemble;
        int heldByFree = 0, heldByConfined = 0, limited = 0;
        foreach ((double[] x, double y, _) in Problems.Rows(test))
        {
            IntervalPrediction one = free.PredictInterval(x), other = confined.PredictInterval(x);
            other.Score.Should().Be(Math.Max(0, one.Score)).And.Be(confined.Predict(x));
            other.StandardDeviation.Should().Be(one.StandardDeviation);
            other.Lower.Should().BeInRange(0, other.Score);
            other.Upper.Should().BeGreaterThanOrEqualTo(other.Score).And.BeGreaterThanOrEqualTo(one.Upper);
            if (one.Lower <= y && y <= one.Upper) heldByFree++;
            if (other.Lower <= y && y <= other.Upper) heldByConfined++;
            if (one.Score < 0) limited++;
        }

        limited.Should().BePositive("else nothing was looked at");
        heldByConfined.Should().BeGreaterThanOrEqualTo(heldByFree);
        Problems.Rows(test).Sum(row => Math.Pow(confined.Predict(row.Features) - row.Label, 2)).Should().BeLessThan(Problems.Rows(test).Sum(row => Math.Pow(free.Predict(row.Features) - row.Label, 2)));
    }

    [Fact]
    public void An_end_that_is_open_ends_at_the_bound()
    {
        RegressionData data = Counts(8, 3);
        NetworkEnsemble ensemble = EnsembleTraining.Train(data, s_quick with { IntervalLevel = 0.99, Bounds = new LabelBounds(0, 50) }).Ensemble;
        IntervalPrediction at = ensemble.PredictInterval([0.0, 0.0]);
        (at.Lower, at.Upper).Should().Be((0, 50), "eight rows are too few for the level");
    }

    [Fact]
    public void A_missing_feature_gives_no_number_within_bounds_either()
    {
        NetworkEnsemble ensemble = EnsembleTraining.Train(Counts(60, 4), s_quick with { Bounds = new LabelBounds(0, 1000) }).Ensemble;
        ensemble.Predict([double.NaN, 0]).Should().Be(double.NaN);
    }

    [Fact]
    public void Labels_that_contradict_the_bounds_are_refused()
    {
        RegressionData data = Counts(60, 5);
        Action train = () => EnsembleTraining.Train(data, s_quick with { Bounds = new LabelBounds(1) });
        train.Should().Throw<ArgumentException>().WithMessage("* of 60 training labels*bounds from 1 on*");
        Action validate = () => EnsembleTraining.Train(data, s_quick with { Bounds = new LabelBounds(0, 1e6) }, validation: Shifted(Problems.NoisyTable(20, 2, 1)));
        validate.Should().Throw<ArgumentException>().WithMessage("* of 20 validation labels*");
    }

    private static RegressionData Shifted(RegressionData data)
    {
        var shifted = new RegressionData(data.InputSize);
        foreach ((double[] x, double y, double w) in Problems.Rows(data)) shifted.Add(x, y - 100, w);
        return shifted;
    }

    /// <summary>Counts, many of which are 0.</summary>
    private static RegressionData Counts(int rows, int seed)
    {
        var random = new Random(seed);
        return Problems.Table(rows, 2, random, x => Math.Floor(Math.Max(0, (4 * x[0]) + (2 * random.NextDouble()))));
    }
}
