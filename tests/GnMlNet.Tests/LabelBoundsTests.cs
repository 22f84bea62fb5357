using GnMlNet.Core.Data;
using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

public class LabelBoundsTests
{
    private readonly MLContext _context = new(seed: 1);

    private GaussNewtonRegressionTrainer Trainer(Action<GaussNewtonRegressionTrainer.Options>? set = null)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 2, NumberOfHiddenUnits = 4, MaximumNumberOfIterations = 10, Seed = 1 };
        set?.Invoke(options);
        return _context.Regression.Trainers.GaussNewtonRegression(options);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void All_columns_but_the_deviation_are_confined_also_after_saving(int networks)
    {
        IDataView data = _context.WithFeatures(Clipped(Rows.Make(150, 1))), test = _context.WithFeatures(Rows.Make(300, 2));
        var free = Trainer(o => o.NumberOfNetworks = networks).Fit(data);
        var confined = Trainer(o => (o.NumberOfNetworks, o.LowerBound, o.UpperBound) = (networks, 0.1, 0.7)).Fit(data);
        confined.Model.Bounds.Should().Be(new LabelBounds(0.1f, 0.7f));
        free.Model.Bounds.Should().Be(LabelBounds.None);
        using var stream = new MemoryStream();
        _context.Model.Save(confined, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _context.Model.Load(stream, out _);

        free.Scores(test).Should().Contain(score => score < 0.1f || score > 0.7f, "else nothing was looked at");
        confined.Scores(test).Should().Equal(free.Scores(test).Select(score => Math.Clamp(score, 0.1f, 0.7f)));
        loaded.Scores(test).Should().Equal(confined.Scores(test));
        if (networks == 1) return;
        IDataView scored = loaded.Transform(test);
        scored.GetColumn<float>("Lower").Concat(scored.GetColumn<float>("Upper")).Should().OnlyContain(end => end >= 0.1f && end <= 0.7f);
        scored.GetColumn<float>("StandardDeviation").Should().Equal(free.Transform(test).GetColumn<float>("StandardDeviation"));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Labels_outside_are_refused_with_their_number_and_the_options(int networks)
    {
        IDataView data = _context.WithFeatures(Rows.Make(50, 1)), inside = _context.WithFeatures(Clipped(Rows.Make(50, 1)));
        var trainer = Trainer(o => (o.NumberOfNetworks, o.LowerBound, o.UpperBound) = (networks, 0.1, 0.7));
        int outside = data.GetColumn<float>("Y").Count(y => y is < 0.1f or > 0.7f);
        trainer.Invoking(t => t.Fit(data)).Should().Throw<InvalidOperationException>().WithMessage($"*{outside} of 50 training labels*LowerBound*UpperBound*");
        trainer.Invoking(t => t.Fit(inside, data)).Should().Throw<InvalidOperationException>().WithMessage($"*{outside} of 50 validation labels*");
    }

    public static TheoryData<string, Action<GaussNewtonRegressionTrainer.Options>> BadOptions => new()
    {
        { "LowerBound", o => o.LowerBound = double.NaN },
        { "LowerBound", o => o.LowerBound = double.NegativeInfinity },
        { "UpperBound", o => o.UpperBound = double.PositiveInfinity },
        { "UpperBound", o => o.UpperBound = 1e300 },
        { "UpperBound", o => (o.LowerBound, o.UpperBound) = (1, 1) },
        { "UpperBound", o => (o.LowerBound, o.UpperBound) = (1, 1 + 1e-12) },
        { "UpperBound", o => (o.LowerBound, o.UpperBound) = (2, 1) },
        { "Loss", o => o.Loss = (RegressionLoss)7 },
        { "Loss", o => (o.Loss, o.Flow) = (RegressionLoss.Huber, new FlowOptions()) },
        { "LowerBound", o => (o.LowerBound, o.Flow) = (0, new FlowOptions()) },
    };

    [Theory, MemberData(nameof(BadOptions))]
    public void Options_that_cannot_be_are_refused_by_name(string name, Action<GaussNewtonRegressionTrainer.Options> set) =>
        FluentActions.Invoking(() => Trainer(set)).Should().Throw<ArgumentException>().WithMessage($"*{name}*");

    private static List<Row> Clipped(List<Row> rows)
    {
        foreach (Row row in rows) row.Y = Math.Clamp(row.Y, 0.1f, 0.7f);
        return rows;
    }
}
