using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Tests.EstimatorChecks;

/// <summary>Checks of the weights of rows.</summary>
public class WeightChecks : EstimatorCheck
{
    private GaussNewtonRegressionTrainer Weighted(string kind) => Trainer(kind, o => o.ExampleWeightColumnName = "Weight");

    private static List<Row> WithWeights(Func<int, float> weight)
    {
        List<Row> rows = Rows.Make(40, 1);
        for (int j = 0; j < rows.Count; j++) rows[j].Weight = weight(j);
        return rows;
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_sample_weights_pandas_series(string kind)
    {
        List<Row> rows = WithWeights(j => 1 + (j % 3));
        DataFrame frame = rows.ToFrame();
        IDataView data = Context.WithFeatures(rows);
        var pipeline = Context.Transforms.Concatenate("Features", "A", "B", "C").Append(Weighted(kind));
        ShouldSayTheSame(Say(pipeline.Fit(frame), frame), Say(Weighted(kind).Fit(data), data));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_all_zero_sample_weights_error(string kind) => Weighted(kind).Invoking(trainer => trainer.Fit(Context.WithFeatures(WithWeights(_ => 0))))
        .Should().Throw<InvalidOperationException>().WithMessage("*no usable rows: 40 with a weight that is missing, infinite or not positive*");

    [Theory, MemberData(nameof(Kinds))]
    public void Check_sample_weights_shape(string kind) => Trainer(kind, o => o.ExampleWeightColumnName = "Features").Invoking(trainer => trainer.Fit(Context.WithFeatures(Rows.Make(20, 1))))
        .Should().Throw<ArgumentException>().WithMessage("*weight*Features*");

    [Theory, MemberData(nameof(Kinds))]
    public void Check_sample_weights_not_overwritten(string kind)
    {
        List<Row> rows = WithWeights(j => j % 4);
        Weighted(kind).Fit(Context.WithFeatures(rows));
        rows.Select(row => row.Weight).Should().Equal(WithWeights(j => j % 4).Select(row => row.Weight));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_sample_weight_equivalence_on_dense_data(string kind)
    {
        // A weight of two is the row twice, up to the rounding of sums, and a weight of zero is no row.
        List<Row> weighted = WithWeights(j => j % 3), repeated = [.. WithWeights(j => j % 3).SelectMany(row => Enumerable.Repeat(row, (int)row.Weight))];
        IDataView test = Context.WithFeatures(Rows.Make(30, 2));
        float[][] byWeight = Say(Weighted(kind).Fit(Context.WithFeatures(weighted)), test);
        ShouldSayNearlyTheSame(byWeight, Say(Trainer(kind).Fit(Context.WithFeatures(repeated)), test), 2e-3f);
        ShouldSayTheSame(byWeight, Say(Weighted(kind).Fit(Context.WithFeatures(weighted.Where(row => row.Weight > 0))), test));

        // Equal weights of one are no weights.
        IDataView ones = Context.WithFeatures(Rows.Make(40, 1));
        ShouldSayTheSame(Say(Weighted(kind).Fit(ones), test), Say(Trainer(kind).Fit(ones), test));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Check_sample_weight_equivalence_on_sparse_data(string kind)
    {
        List<SparseRow> Make(bool isSparse) => [.. WithWeights(j => j % 3).Select((row, j) => new SparseRow(row, j, isSparse))];
        IDataView sparse = View(Make(isSparse: true)), dense = View(Make(isSparse: false));
        ShouldSayTheSame(Say(Weighted(kind).Fit(sparse), sparse), Say(Weighted(kind).Fit(dense), dense));
    }

    private IDataView View(IEnumerable<SparseRow> rows) => Context.Data.LoadFromEnumerable(rows);

    internal sealed class SparseRow
    {
        public SparseRow()
        {
        }

        internal SparseRow(Row row, int j, bool isSparse)
        {
            float[] features = [j % 2 == 0 ? 0 : row.A, 0, j % 5 == 0 ? row.C : 0, j % 3 == 0 ? row.B : 0];
            int[] filled = [.. Enumerable.Range(0, 4).Where(k => features[k] != 0)];
            Features = isSparse ? new VBuffer<float>(4, filled.Length, [.. filled.Select(k => features[k])], filled) : new VBuffer<float>(4, features);
            (Y, Weight) = (features.Sum() + (0.1f * row.Y), row.Weight);
        }

        [VectorType(4)]
        public VBuffer<float> Features { get; set; }

        public float Y { get; set; }

        public float Weight { get; set; }
    }
}
