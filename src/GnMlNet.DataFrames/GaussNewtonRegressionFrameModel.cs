using System.Globalization;
using GnMlNet.Core.Insight;
using GnMlNet.DataFrames.Reading;
using GnMlNet.Preparation;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.DataFrames;

/// <summary>
/// A model that predicts a column of data frames: an ML.NET pipeline from columns as they are in a frame to predictions. It is trained by
/// <see cref="DataFrameRegressionExtensions.FitGaussNewtonRegression"/>, or loaded from a file that it, <c>gnml train</c> or another ML.NET program with such a network last in its pipeline wrote. Immutable; may be used by several threads.
/// </summary>
public sealed class GaussNewtonRegressionFrameModel
{
    private readonly MLContext _context;
    private readonly ITransformer _pipeline;
    private readonly RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> _network;

    internal GaussNewtonRegressionFrameModel(MLContext context, ITransformer pipeline, DataViewSchema schema, IReadOnlyList<string> notes)
    {
        (_context, _pipeline, InputSchema, Notes) = (context, pipeline, schema, notes);
        _network = (RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>)(pipeline is IEnumerable<ITransformer> steps ? steps.Last() : pipeline);
        FeatureNames = FeatureSlots.NamesOf(pipeline.GetOutputSchema(schema), _network.FeatureColumnName);
    }

    /// <summary>The column that is predicted.</summary>
    public string Label => LabelNames.Outside(Parameters.LabelColumnName);

    /// <summary>What became of the columns and rows in training, in sentences; empty for a model from a file.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The names of the features that go into the network, in order; empty where the pipeline does not tell.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>What was trained: the members, their noise, the history.</summary>
    public GaussNewtonRegressionModelParameters Parameters => _network.Model;

    /// <summary>The whole pipeline, for use with ML.NET.</summary>
    public ITransformer Transformer => _pipeline;

    /// <summary>The columns that the pipeline takes, the label among them.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no model, none of a Gauss-Newton network, or does not hold the columns that it takes.</exception>
    public static GaussNewtonRegressionFrameModel Load(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no model file '{path}'.", path);
        (MLContext context, ITransformer pipeline, DataViewSchema? schema) = ModelZip.Load(path);
        ITransformer last = pipeline is IEnumerable<ITransformer> steps ? steps.Last() : pipeline;
        if (last is not RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>) throw new InvalidDataException($"'{path}' is an ML.NET model, but not one that ends in a Gauss-Newton network.");
        return new GaussNewtonRegressionFrameModel(context, pipeline, schema ?? throw new InvalidDataException($"'{path}' does not say which columns it takes. Save it again with the schema of the training data."), []);
    }

    /// <summary>Predicts the label of every row.</summary>
    /// <param name="frame">The rows, with the columns of the training in any order; others are not looked at, nor is the label.</param>
    /// <returns>
    /// A frame with a row for every row, in order: <c>Score</c>, the prediction, and for a model with intervals <c>Lower</c>, <c>Upper</c> and <c>StandardDeviation</c>, all <see cref="float"/>, in the units of the label.
    /// They are those of the ML.NET pipeline, bit for bit; NaN where a feature is missing that the pipeline does not fill in.
    /// </returns>
    /// <exception cref="ArgumentException">The frame has no rows, lacks a column, has one of another type than the training had, or a number that is not finite; the message names it.</exception>
    /// <exception cref="InvalidOperationException">The pipeline, of another program, leaves out or adds rows.</exception>
    public DataFrame Predict(DataFrame frame)
    {
        var reader = new FrameReader(frame);
        IDataView scored = _pipeline.Transform(RowsOf(reader, withLabel: false));
        IReadOnlyList<string> names = BlockPredictions.Names(Parameters);
        float[][] columns = [.. names.Select(_ => new float[reader.Rows])];
        int row = 0;
        foreach (float[] predicted in BlockPredictions.Of(_network, scored))
        {
            if (row == reader.Rows) throw NotInStep();
            for (int k = 0; k < columns.Length; k++) columns[k][row] = predicted[k];
            row++;
        }

        return row == reader.Rows ? new DataFrame(names.Zip(columns, (name, values) => new SingleDataFrameColumn(name, values))) : throw NotInStep();
    }

    /// <summary>Measures the errors of predictions of rows whose label is known; rows without one are left out.</summary>
    /// <param name="frame">The rows, with the columns of the training and the label.</param>
    /// <returns>ML.NET's metrics, such as <c>RootMeanSquaredError</c>, <c>MeanAbsoluteError</c> and <c>RSquared</c>.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Predict"/>; or no row has a label.</exception>
    public RegressionMetrics Evaluate(DataFrame frame)
    {
        FrameDataView rows = RowsOf(new FrameReader(frame), withLabel: true);
        // A chain's plain Transform leaves out what is for training and testing only: the transforms of the label.
        IDataView scored = _pipeline is TransformerChain<RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>> trained ? trained.Transform(rows, TransformerScope.Everything)
            : _pipeline is TransformerChain<ITransformer> loaded ? loaded.Transform(rows, TransformerScope.Everything) : _pipeline.Transform(rows);
        IDataView labelled = _context.Data.FilterRowsByMissingValues(scored, Parameters.LabelColumnName);
        if (!labelled.GetColumn<float>(Parameters.LabelColumnName).Any()) throw new ArgumentException($"No row of the frame has a label '{Label}'.", nameof(frame));
        return _context.Regression.Evaluate(labelled, Parameters.LabelColumnName);
    }

    /// <summary>How training went: a row for the starting point and each iteration, in standardized units. The columns are those of <see cref="Core.Training.TrainingIteration"/>; null stands where a figure does not exist. No rows for the paper's flow.</summary>
    public DataFrame History() => ModelTables.History(Parameters.TrainingHistory);

    /// <summary>
    /// How strongly predictions depend on each feature, the most relevant first: <c>Feature</c> and <c>Relevance</c>, the root mean square slope over the training rows, in standard deviations of the label per standard deviation of the feature.
    /// Text gives a feature for each distinct value.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model is a single network, of which no relevance is known.</exception>
    public DataFrame Relevance() => ModelTables.Relevance(
        FeatureNames,
        Parameters.Ensemble?.Relevance ?? throw new InvalidOperationException($"A single network has no relevance of features. Train an ensemble: {nameof(GaussNewtonRegressionTrainer.Options.NumberOfNetworks)} above 1."));

    /// <summary>
    /// What predictions do along each column, the strongest first: a row for each value of the column's grid. <c>Column</c>; <c>Value</c> of a column of numbers or <c>Level</c> of another one, null in the other case; <c>Rows</c>, how many rows of the
    /// frame lie there; <c>PartialDependence</c> and <c>AccumulatedLocalEffects</c>, which is null along levels, in the units of the label, each with the standard deviation of the model's own uncertainty (null where it is not known);
    /// and <c>Recommended</c>, which of the two is better read (<see cref="Core.Insight.Effects"/>).
    /// </summary>
    /// <param name="frame">Rows like those of the training; the label is not needed.</param>
    /// <param name="options">How much work is spent; null for the defaults. Pairs of columns are left out.</param>
    /// <exception cref="ArgumentException">As in <see cref="Predict"/>; or fewer than two rows have a prediction.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public DataFrame Effects(DataFrame frame, EffectOptions? options = null)
    {
        var pipeline = ExplainedPipeline.Of(_pipeline, RowsOf(new FrameReader(frame), withLabel: false));
        return ModelTables.Effects(Core.Insight.Effects.Of(pipeline, pipeline.Rows, options: (options ?? new EffectOptions()) with { Pairs = 0 }));
    }

    /// <summary>Saves the model as a zip archive that <see cref="Load"/>, <c>mlContext.Model.Load</c> and <c>gnml predict</c> read. A file that is there is replaced once the new one is whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => ModelZip.Save(_context, _pipeline, InputSchema, path);

    private FrameDataView RowsOf(FrameReader reader, bool withLabel)
    {
        DataViewSchema.Column[] wanted = [.. InputSchema.Where(column => withLabel || column.Name != Label)];
        FrameColumn?[] found = [.. wanted.Select(column => Find(reader, column))];
        var rows = new FrameDataView(reader.Rows, found.OfType<FrameColumn>());
        string[] missing = [.. wanted.Where((_, k) => found[k] is null).Select(column => $"'{column.Name}'")];
        // A model may take columns for its label alone, which predicting does without.
        if (missing.Length > 0 && (withLabel || !CanTransform(rows)))
            throw new ArgumentException($"The frame lacks {(missing.Length == 1 ? "the column" : "the columns")} {string.Join(", ", missing)} of the model. Its columns are {string.Join(", ", reader.Names)}.");
        return rows;
    }

    private FrameColumn? Find(FrameReader reader, DataViewSchema.Column column)
    {
        FrameColumn? found = reader.Find(column.Name, column.Type);
        if (found is FrameColumn.Text && reader.Cells(column.Name) is FrameCells.Singles or FrameCells.Doubles && Levels(column.Name).FirstOrDefault(level => !double.TryParse(level, CultureInfo.InvariantCulture, out _)) is { } text)
            throw new ArgumentException($"Column '{column.Name}' holds numbers; the model was trained on text there, such as '{text}'. Convert the column.");
        return found;
    }

    /// <summary>The texts of a column that the model knows.</summary>
    private IEnumerable<string> Levels(string column) => FeatureNames.Where(name => name.StartsWith(column + ".", StringComparison.Ordinal)).Select(name => name[(column.Length + 1)..]).Where(level => level.Length > 0);

    private bool CanTransform(FrameDataView rows)
    {
        try
        {
            return _pipeline.GetOutputSchema(rows.Schema).Count > 0;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static InvalidOperationException NotInStep() => new("The pipeline of the model leaves out or adds rows, so that predictions do not belong to the rows of the frame.");
}
