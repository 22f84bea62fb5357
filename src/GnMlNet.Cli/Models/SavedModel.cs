using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Models;

/// <summary>A model file that <c>gnml train</c>, or any ML.NET program with a Gauss-Newton network last in its pipeline, wrote.</summary>
internal sealed class SavedModel
{
    private readonly string _path;
    private readonly ITransformer _pipeline;

    private SavedModel(MLContext context, string path, ITransformer pipeline, DataViewSchema inputSchema, RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network)
    {
        Context = context;
        _path = path;
        _pipeline = pipeline;
        InputSchema = inputSchema;
        Network = network.Model;
        FeatureColumn = network.FeatureColumnName;
        FeatureNames = RegressionTable.NamesOf(pipeline.GetOutputSchema(inputSchema), network.FeatureColumnName);
    }

    internal MLContext Context { get; }

    /// <summary>The columns that the model was trained on, the label among them.</summary>
    internal DataViewSchema InputSchema { get; }

    internal GaussNewtonRegressionModelParameters Network { get; }

    /// <summary>The column of features that the network reads.</summary>
    internal string FeatureColumn { get; }

    /// <summary>The names of the features that go into the network, in order; none where the pipeline does not tell.</summary>
    internal IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The transformers of the pipeline, in order.</summary>
    internal IEnumerable<ITransformer> Steps => _pipeline as IEnumerable<ITransformer> ?? [_pipeline];

    /// <exception cref="UserError">There is no such file, it is no model, or no Gauss-Newton network is last in it.</exception>
    internal static SavedModel Load(string path)
    {
        if (!File.Exists(path)) throw new UserError($"There is no file '{path}'. 'gnml train --out {path}' makes a model.");

        var context = new MLContext(seed: 0);
        ITransformer pipeline;
        DataViewSchema schema;
        try
        {
            pipeline = context.Model.Load(path, out schema);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever goes wrong here is the file's fault; ML.NET wraps it in several layers.
            throw new UserError($"'{path}' cannot be loaded as a model: {error.GetBaseException().Message}");
        }

        ITransformer last = pipeline is IEnumerable<ITransformer> steps ? steps.Last() : pipeline;
        if (last is not RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network)
            throw new UserError($"'{path}' is an ML.NET model, but not one that ends in a Gauss-Newton network.");
        return new SavedModel(context, path, pipeline, schema, network);
    }

    /// <summary>The rows of a CSV file with their scores and labels.</summary>
    /// <exception cref="UserError">The file lacks a column that the model needs.</exception>
    internal IDataView Evaluate(CsvFile file)
    {
        CheckColumns(file, InputSchema.Select(column => column.Name));
        // A chain's plain Transform leaves out what is for training and testing only: the transforms of the label.
        return _pipeline is TransformerChain<ITransformer> chain ? chain.Transform(Open(file), TransformerScope.Everything) : _pipeline.Transform(Open(file));
    }

    /// <summary>The rows of a CSV file with their scores; no label is needed.</summary>
    /// <exception cref="UserError">The file lacks a column that the model needs.</exception>
    internal IDataView Predict(CsvFile file)
    {
        CsvDataView rows = Open(file);
        try
        {
            _pipeline.GetOutputSchema(rows.Schema);
        }
        catch (ArgumentException) when (rows.Schema.Count < InputSchema.Count)
        {
            CheckColumns(file, InputSchema.Select(column => column.Name).Where(name => name != Network.LabelColumnName));
            throw;
        }

        return _pipeline.Transform(rows);
    }

    private CsvDataView Open(CsvFile file) => new(file, [.. InputSchema.Where(column => file.Header.Contains(column.Name)).Select(ToCsvColumn)]);

    private void CheckColumns(CsvFile file, IEnumerable<string> needed)
    {
        string[] missing = [.. needed.Where(name => !file.Header.Contains(name))];
        if (missing.Length > 0)
            throw new UserError($"{file.Path}: the model '{_path}' needs the columns {string.Join(", ", missing.Select(name => $"'{name}'"))}, which are not there. The columns are {string.Join(", ", file.Header)}.");
    }

    private CsvColumn ToCsvColumn(DataViewSchema.Column column) => column.Type switch
    {
        NumberDataViewType when column.Type == NumberDataViewType.Single => new CsvColumn(column.Name, CsvColumnKind.Number),
        TextDataViewType => new CsvColumn(column.Name, CsvColumnKind.Text),
        _ => throw new UserError($"The model '{_path}' needs column '{column.Name}' as {column.Type}, which a CSV file cannot give."),
    };
}
