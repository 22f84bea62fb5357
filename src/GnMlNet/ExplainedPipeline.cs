using GnMlNet.Core.Insight;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet;

/// <summary>
/// A fitted pipeline that ends in a Gauss-Newton model as a function of the columns of the data that go into it: changed rows go through the whole pipeline. Texts and whatever else is no number have levels, those that the data have. Slopes are known by
/// numbers that are passed on unchanged into one feature, which is tried on rows of the data.
/// </summary>
public sealed class ExplainedPipeline : ExplainedEnsemble
{
    private const int RowsTried = 6;
    private const int ValuesTried = 3;

    private readonly ITransformer _pipeline;
    private readonly string _featureColumn;
    private readonly DataViewSchema _schema;
    private readonly IReadOnlyList<PipelineColumn> _columns;
    private readonly Lazy<int?[]> _features;

    private ExplainedPipeline(ITransformer pipeline, RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> last, DataViewSchema schema, IReadOnlyList<PipelineColumn> columns, IReadOnlyList<double[]> rows, int? threads)
        : base(last.Model.Trained.AsEnsemble, [.. columns.Select(column => column.Explained)], threads)
    {
        (_pipeline, _featureColumn, _schema, _columns, Rows) = (pipeline, last.FeatureColumnName, schema, columns, rows);
        _features = new Lazy<int?[]>(FindFeatures);
    }

    /// <summary>The rows of the data, a number for each column.</summary>
    public IReadOnlyList<double[]> Rows { get; }

    /// <summary>Reads the data and finds out which of its columns the model depends on.</summary>
    /// <param name="model">The fitted pipeline; its last step is that of a <see cref="GaussNewtonRegressionTrainer"/>.</param>
    /// <param name="data">Rows as they go into it; the label is not needed.</param>
    /// <param name="threads">How many threads may work at once, at least 1; null for one on each processor.</param>
    /// <exception cref="ArgumentException">The pipeline ends in another model, the data lack a column, have one that cannot be explained, or have no row.</exception>
    public static ExplainedPipeline Of(ITransformer model, IDataView data, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ITransformer last = model is IEnumerable<ITransformer> steps ? steps.Last() : model;
        if (last is not RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network)
            throw new ArgumentException("The pipeline does not end in a Gauss-Newton model; give the fitted pipeline with that step last.");

        var demand = new DemandedColumns(data.Schema);
        using (Cursor(model.Transform(demand), network.FeatureColumnName, out _))
        {
            // What the features are made from is known once they are asked for.
        }

        PipelineColumn[] columns = [.. demand.Demanded.SelectMany(PipelineColumn.Of)];
        if (columns.Length == 0) throw new ArgumentException("The model depends on no column of the data.");
        var rows = new List<double[]>();
        using (DataViewRowCursor cursor = data.GetRowCursor(demand.Demanded))
        {
            Func<double>[] read = [.. columns.Select(column => column.Reader(cursor))];
            while (cursor.MoveNext()) rows.Add([.. read.Select(value => value())]);
        }

        // Levels came in the order of the rows, on which nothing must depend.
        for (int k = 0; k < columns.Length; k++)
        {
            if (columns[k].Sort() is not { } places) continue;
            foreach (double[] row in rows) row[k] = places[(int)row[k]];
        }

        return rows.Count > 0 ? new ExplainedPipeline(model, network, data.Schema, columns, rows, threads) : throw new ArgumentException("The data have no rows.");
    }

    /// <summary>The places of columns by their names.</summary>
    /// <param name="names">The names.</param>
    /// <exception cref="ArgumentException">The model depends on no column of a name.</exception>
    public IReadOnlyList<int> PlacesOf(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select(name => Columns.Select((column, at) => (column.Name, At: at)).Where(column => column.Name == name).Select(column => (int?)column.At).FirstOrDefault()
            ?? throw new ArgumentException($"The model depends on no column '{name}'; it depends on {string.Join(", ", Columns.Select(column => $"'{column.Name}'"))}."))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<double[]> Features(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var features = new List<double[]>(rows.Count);
        using DataViewRowCursor cursor = Cursor(_pipeline.Transform(new ChangedRows(_schema, _columns, rows)), _featureColumn, out DataViewSchema.Column column);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> buffer = default;
        while (cursor.MoveNext())
        {
            get(ref buffer);
            features.Add([.. buffer.DenseValues().Select(value => (double)value)]);
        }

        return features.Count == rows.Count ? features : throw new InvalidOperationException($"The pipeline makes {features.Count} rows of {rows.Count}; one that leaves rows out cannot be explained.");
    }

    /// <inheritdoc/>
    protected override int? FeatureOf(int column) => _features.Value[column];

    private static DataViewRowCursor Cursor(IDataView scored, string features, out DataViewSchema.Column column)
    {
        // A column that the model adds may have the name of the features, and hide them.
        column = scored.Schema.Last(candidate => candidate.Name == features && candidate.Type is VectorDataViewType);
        return scored.GetRowCursor([column]);
    }

    /// <summary>For each column of numbers the one feature that is always its value in single precision, while no other feature changes with it.</summary>
    private int?[] FindFeatures()
    {
        double[][] tried = [.. Enumerable.Range(0, Math.Min(RowsTried, Rows.Count)).Select(j => Rows[(int)((long)j * Rows.Count / Math.Min(RowsTried, Rows.Count))])];
        var found = new int?[Columns.Count];
        for (int k = 0; k < found.Length; k++)
        {
            if (!Columns[k].IsNumeric) continue;
            double[] values = [.. Rows.Select(row => row[k]).Where(double.IsFinite).Distinct().Order()];
            if (values.Length == 0) continue;
            // Of a single value, as of a row alone, neighbours that whole numbers have, too.
            double step = Math.Max(1, Math.ScaleB(1, Math.ILogB(values[0]) - 10));
            if (values.Length == 1) values = [values[0], values[0] + step, values[0] + (2 * step)];
            double[] some = [.. Enumerable.Range(0, ValuesTried).Select(j => values[j * (values.Length - 1) / (ValuesTried - 1)])];
            // Rows of one group differ in this column alone.
            double[][] features = [.. Features([.. tried.SelectMany(row => some.Select(value => With(row, k, value)))])];
            int[] changing = [.. Enumerable.Range(0, features[0].Length).Where(feature => features.Chunk(some.Length).Any(group => group.Any(row => !row[feature].Equals(group[0][feature]))))];
            if (changing.Length == 1 && features.Select((row, j) => row[changing[0]] == (float)some[j % some.Length]).All(same => same)) found[k] = changing[0];
        }

        return found;
    }

    private static double[] With(double[] row, int column, double value)
    {
        double[] changed = [.. row];
        changed[column] = value;
        return changed;
    }
}
