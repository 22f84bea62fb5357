using CsCheck;
using GnMlNet.Balls;
using GnMlNet.Reference.Predictions;

namespace GnMlNet.Reference.Tests.Predictions;

public class PredictionCrossCheckTests
{
    private static readonly Gen<(RecordedEnsemble Ensemble, double[] Values, double?[] Variances)> Ensembles =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 4], Gen.Double[0.05, 0.95], Gen.Bool, Gen.Double[-50, 50], Gen.Double[0.01, 30], Gen.Int[0, 6], Gen.Int).Select((networks, kernels, weight, isPlain, mean, deviation, kind, seed) =>
        {
            if (networks + kernels == 0) networks = 1;
            var random = new Random(seed);
            double[] values = [.. Enumerable.Range(0, networks + kernels).Select(_ => (random.NextDouble() * 4) - 2 + (random.Next(6) == 0 ? 5 : 0))];
            double?[] variances = [.. values.Select(_ => random.Next(3) == 0 ? (double?)null : random.NextDouble())];
            return (new RecordedEnsemble
            {
                Networks = networks,
                KernelWeight = networks == 0 ? 1 : kernels == 0 ? 0 : weight,
                HasPlainMeans = isPlain,
                LabelMean = mean,
                LabelDeviation = kind == 0 ? 0 : deviation,
                RangeLeast = -1.5,
                RangeGreatest = 1.5,
                LowerBound = kind == 1 ? mean : double.NegativeInfinity,
                UpperBound = kind == 2 ? mean : double.PositiveInfinity,
                Intervals = new RecordedIntervals(random.NextDouble(), kind == 3 ? 0.2 : 0, kind == 4 ? double.PositiveInfinity : 1.6, kind == 5 ? double.PositiveInfinity : 1.1),
            }, values, variances);
        });

    [Fact]
    public void Columns_by_plain_loops_in_double_are_proved() => Ensembles.Sample(
        at =>
        {
            RecordedPrediction found = PlainEnsemble.Predict(at.Ensemble, at.Values, at.Variances);
            PredictionCrossCheck check = PredictionCrossCheck.Of(at.Ensemble, [found]);
            check.Columns.Select(column => column.Column).Should().Equal(Enum.GetValues<PredictionColumn>());
            foreach (ColumnFigure column in check.Columns) column.IsWithinBound.Should().Be(Verdict.Proved, $"{column} {found}");
        },
        iter: 4_000);

    // Parts of a hundred thousand are more than rounding to single precision does.
    [Fact]
    public void A_column_that_is_off_by_a_hundred_thousandth_is_refuted_and_no_other() => Gen.Select(Ensembles, Gen.Int[0, 3], Gen.Bool).Sample(
        (at, index, isMore) =>
        {
            PredictionColumn column = (PredictionColumn)index;
            RecordedPrediction found = PlainEnsemble.Predict(at.Ensemble, at.Values, at.Variances);
            float Moved(float value) => float.IsInfinity(value) ? 0 : value + ((isMore ? 1 : -1) * (Math.Abs(value) + (float)at.Ensemble.LabelDeviation + 1) * 1e-5f);
            RecordedPrediction moved = column switch
            {
                PredictionColumn.Score => found with { Score = Moved(found.Score) },
                PredictionColumn.Lower => found with { Lower = Moved(found.Lower) },
                PredictionColumn.Upper => found with { Upper = Moved(found.Upper) },
                _ => found with { StandardDeviation = Moved(found.StandardDeviation) },
            };
            foreach (ColumnFigure figure in PredictionCrossCheck.Of(at.Ensemble, [found, moved]).Columns) figure.IsWithinBound.Should().Be(figure.Column == column ? Verdict.Refuted : Verdict.Proved, $"{figure}");
        },
        iter: 2_000);

    [Fact]
    public void An_interval_that_should_be_open_and_is_not_is_refuted()
    {
        var ensemble = new RecordedEnsemble { Networks = 2, KernelWeight = 0, LabelMean = 0, LabelDeviation = 1, RangeLeast = -1, RangeGreatest = 1, Intervals = new RecordedIntervals(0.1, 0, 1, 1) };
        RecordedPrediction open = PlainEnsemble.Predict(ensemble, [3, 4], [0.1, 0.1]), closed = PlainEnsemble.Predict(ensemble, [0, 0.5], [0.1, 0.1]);
        float.IsPositiveInfinity(open.Upper).Should().BeTrue();
        Verdicts(open).Should().AllBeEquivalentTo(Verdict.Proved);
        Verdicts(closed).Should().AllBeEquivalentTo(Verdict.Proved);
        Verdicts(open with { Upper = 2 })[(int)PredictionColumn.Upper].Should().Be(Verdict.Refuted);
        Verdicts(closed with { Upper = float.PositiveInfinity })[(int)PredictionColumn.Upper].Should().Be(Verdict.Refuted);

        Verdict[] Verdicts(RecordedPrediction prediction) => [.. PredictionCrossCheck.Of(ensemble, [prediction]).Columns.Select(column => column.IsWithinBound)];
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        var ensemble = new RecordedEnsemble { Networks = 2, KernelWeight = 0, LabelMean = 0, LabelDeviation = 1, RangeLeast = -1, RangeGreatest = 1 };
        FluentActions.Invoking(() => PredictionCrossCheck.Of(ensemble, [new RecordedPrediction([1], [null], 1)])).Should().Throw<ArgumentException>().WithMessage("*1 members*2 networks*");
        FluentActions.Invoking(() => PredictionCrossCheck.Of(ensemble, [new RecordedPrediction([1, double.NaN], [null, null], 1)])).Should().Throw<ArgumentException>().WithMessage("*not finite*");
        FluentActions.Invoking(() => PredictionCrossCheck.Of(ensemble, [])).Should().Throw<ArgumentException>();
        PredictionCrossCheck.Of(ensemble, [new RecordedPrediction([0.5, 0.25], [null, null], 0.375f)]).Columns.Should().ContainSingle().Which.Error.Greatest.Should().Be(0);
    }
}
