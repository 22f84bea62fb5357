using GnMlNet.Core.Dynamics;
using GnMlNet.Core.Ensembles;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests;

/// <summary>Of a row with a feature that is missing or infinite nothing is known, whatever the model and whichever way it is asked.</summary>
public class NonFiniteFeatureTests
{
    private static readonly string[] Columns = ["Score", "Lower", "Upper", "StandardDeviation"];

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string, Action<GaussNewtonRegressionTrainer.Options>> Models => new()
    {
        { "an ensemble", _ => { } },
        { "networks alone", o => o.Kernel = null },
        { "an ensemble without intervals", o => o.Intervals = IntervalKind.None },
        { "a smooth ensemble", o => o.Kernel = new() { Smooth = true } },
        { "an ensemble calibrated on held-out rows", o => o.Intervals = IntervalKind.HeldOutRows },
        { "a block alone", o => (o.MaximumNumberOfIterations, o.L2Regularization) = (0, 1e6) },
        { "a single network", o => o.NumberOfNetworks = 1 },
        { "a flow", o => o.Flow = new FlowOptions { Duration = 0.1, Damping = 0.5 } },
    };

    [Theory, MemberData(nameof(Models))]
    public void A_feature_that_is_missing_or_infinite_gives_NaN_in_every_column_and_every_way(string name, Action<GaussNewtonRegressionTrainer.Options> set)
    {
        var options = new GaussNewtonRegressionTrainer.Options { LabelColumnName = "Y", NumberOfNetworks = 2, NumberOfHiddenUnits = 4, MaximumNumberOfIterations = 5, Seed = 1 };
        set(options);
        List<Row> rows = Rows.Make(60, 1), asked = Rows.Make(8, 2);
        (asked[0].A, asked[1].B, asked[2].C) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        (asked[3].A, asked[4].B) = (float.MaxValue, float.MinValue);
        IDataView data = _context.Data.LoadFromEnumerable(asked);
        var model = _context.Transforms.Concatenate("Features", "A", "B", "C").Append(_context.Regression.Trainers.GaussNewtonRegression(options)).Fit(_context.Data.LoadFromEnumerable(rows));
        if (name == "a block alone") model.LastTransformer.Model.Ensemble!.KernelWeight.Should().Be(1);

        IDataView scored = model.Transform(data);
        string[] columns = [.. Columns.Where(column => scored.Schema.GetColumnOrNull(column) is not null)];
        columns.Should().HaveCount(options.NumberOfNetworks > 1 && options.Flow is null && options.Intervals != IntervalKind.None ? 4 : 1);
        foreach (string column in columns) scored.GetColumn<float>(column).Select(float.IsNaN).Should().Equal(true, true, true, false, false, false, false, false);

        // The same row by row, and by the mapper that knows no columns.
        PredictionEngine<Row, Interval> engine = _context.Model.CreatePredictionEngine<Row, Interval>(model);
        Delegate map = Mapper(model.LastTransformer.Model);
        float[] scores = [.. scored.GetColumn<float>("Score")];
        for (int j = 0; j < asked.Count; j++)
        {
            var single = new Interval();
            engine.Predict(asked[j], ref single);
            object[] arguments = [new VBuffer<float>(3, [asked[j].A, asked[j].B, asked[j].C]), 0f];
            map.DynamicInvoke(arguments);
            single.Score.Should().Be(scores[j]);
            arguments[1].Should().Be(scores[j]);
            if (columns.Length == 4) new[] { single.Lower, single.Upper, single.StandardDeviation }.Select(float.IsNaN).Should().OnlyContain(isNaN => isNaN == j < 3);
        }
    }

    /// <summary>IValueMapper, which ML.NET does not publish.</summary>
    private static Delegate Mapper(GaussNewtonRegressionModelParameters model) =>
        (Delegate)model.GetType().GetInterfaces().Single(type => type.Name == "IValueMapper").GetMethod("GetMapper")!.MakeGenericMethod(typeof(VBuffer<float>), typeof(float)).Invoke(model, [])!;

    private sealed class Interval
    {
        public float Score { get; set; }

        public float Lower { get; set; }

        public float Upper { get; set; }

        public float StandardDeviation { get; set; }
    }
}
