using System.IO.Compression;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using GnMlNet.Preparation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Models;

/// <summary>A model file that <c>gnml train</c>, or any ML.NET program with a Gauss-Newton network last in its pipeline, wrote.</summary>
internal sealed class SavedModel
{
    private readonly string _path;
    private readonly ITransformer _pipeline;

    private SavedModel(MLContext context, string path, ITransformer pipeline, DataViewSchema? inputSchema, RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network)
    {
        Context = context;
        _path = path;
        _pipeline = pipeline;
        InputSchema = inputSchema;
        Transformer = network;
        Network = network.Model;
        FeatureColumn = network.FeatureColumnName;
        FeatureNames = inputSchema is null ? [] : FeatureSlots.NamesOf(pipeline.GetOutputSchema(inputSchema), network.FeatureColumnName);
    }

    internal MLContext Context { get; }

    /// <summary>The columns that the model was trained on, the label among them; null where the file does not hold them.</summary>
    internal DataViewSchema? InputSchema { get; }

    /// <summary>The label as the table calls it, or where the model derives it from columns as the model does.</summary>
    internal string Label => LabelNames.Outside(Network.LabelColumnName);

    /// <summary>Whether the label is no column of the table, but derived from its columns: predictions are then in other units than these.</summary>
    internal bool DerivesLabel => InputSchema is not null && InputSchema.GetColumnOrNull(Label) is null;

    internal GaussNewtonRegressionModelParameters Network { get; }

    /// <summary>The last step of the pipeline, which the network is in.</summary>
    internal RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Transformer { get; }

    /// <summary>The column of features that the network reads.</summary>
    internal string FeatureColumn { get; }

    /// <summary>The names of the features that go into the network, in order; none where the pipeline does not tell.</summary>
    internal IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The transformers of the pipeline, in order.</summary>
    internal IEnumerable<ITransformer> Steps => _pipeline as IEnumerable<ITransformer> ?? [_pipeline];

    /// <summary>Those of them that predictions go through.</summary>
    internal IEnumerable<ITransformer> ScoringSteps => _pipeline is TransformerChain<ITransformer> chain ? chain.GetModelFor(TransformerScope.Scoring) : Steps;

    /// <exception cref="UserError">There is no such file, it is no model, or no Gauss-Newton network is last in it.</exception>
    internal static SavedModel Load(string path) => Load(InputFile.Open(path, "model", $"'gnml train --out {path}' makes a model."));

    /// <inheritdoc cref="Load(string)"/>
    internal static SavedModel Load(InputFile file)
    {
        string path = file.Name;
        var context = new MLContext(seed: 0);
        ITransformer pipeline;
        DataViewSchema? schema;
        try
        {
            using Stream stream = file.OpenStream();
            pipeline = context.Model.Load(stream, out schema);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever goes wrong here is the file's fault; ML.NET wraps it in several layers.
            throw new UserError($"'{path}' cannot be loaded as a model: {error.GetBaseException().Message}{(LacksSchema(file) ? " It holds no input schema either; 'gnml predict' needs one, so save it with the schema of the training data." : "")}");
        }

        ITransformer last = pipeline is IEnumerable<ITransformer> steps ? steps.Last() : pipeline;
        if (last is not RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> network)
            throw new UserError($"'{path}' is an ML.NET model, but not one that ends in a Gauss-Newton network.");
        return new SavedModel(context, path, pipeline, schema, network);
    }

    /// <summary>Saves the pipeline with another last step.</summary>
    /// <param name="replace">The last step, from the columns that go into it.</param>
    /// <param name="target">Where it goes.</param>
    internal void SaveWith(Func<DataViewSchema, RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>> replace, Stream target)
    {
        DataViewSchema schema = NeedSchema();
        if (_pipeline is not TransformerChain<ITransformer> chain)
        {
            Context.Model.Save(replace(schema), schema, target);
            return;
        }

        var result = new TransformerChain<ITransformer>();
        foreach (ITransformer step in chain.SkipLast(1)) result = result.Append(step, ScopeOf(chain, step));
        Context.Model.Save(result.Append<ITransformer>(replace(result.GetOutputSchema(schema))), schema, target);
    }

    private static TransformerScope ScopeOf(TransformerChain<ITransformer> chain, ITransformer step) =>
        new[] { TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring }.Where(scope => chain.GetModelFor(scope).Contains(step)).Aggregate(TransformerScope.None, (all, scope) => all | scope);

    // ML.NET keeps the schema in a file of its own within the archive.
    private static bool LacksSchema(InputFile file)
    {
        try
        {
            using var archive = new ZipArchive(file.OpenStream());
            return archive.Entries.Any(entry => entry.FullName.StartsWith("TransformerChain/", StringComparison.Ordinal)) && archive.GetEntry("Schema") is null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The rows of a file with their scores and labels.</summary>
    /// <param name="file">The file.</param>
    /// <param name="keep">Which rows, by number from 0; null for all.</param>
    /// <exception cref="UserError">The file lacks a column that the model needs.</exception>
    internal IDataView Evaluate(TableFile file, Func<int, bool>? keep = null)
    {
        IDataView rows = Open(file, isLabelNeeded: true, keep);
        // A chain's plain Transform leaves out what is for training and testing only: the transforms of the label.
        return _pipeline is TransformerChain<ITransformer> chain ? chain.Transform(rows, TransformerScope.Everything) : _pipeline.Transform(rows);
    }

    /// <summary>The rows of a file with their scores; no label is needed.</summary>
    /// <exception cref="UserError">The file lacks a column that the model needs.</exception>
    internal IDataView Predict(TableFile file) => Score(Rows(file));

    /// <summary>The model as a function of the columns of a file; no label is needed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="threads">How many threads may work at once.</param>
    /// <exception cref="UserError">The file lacks a column that the model needs.</exception>
    internal ExplainedPipeline Explain(TableFile file, int threads) => ExplainedPipeline.Of(_pipeline, Rows(file), threads);

    /// <summary>The rows of a file as the model takes them; no label is needed.</summary>
    /// <exception cref="UserError">The file lacks a column that the model needs.</exception>
    internal IDataView Rows(TableFile file)
    {
        FileDataView rows = Open(file, isLabelNeeded: false);
        try
        {
            _pipeline.GetOutputSchema(rows.Schema);
            return rows;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException && rows.Schema.Count < NeedSchema().Count)
        {
            // A column is not there: which one matters, the label apart.
            CheckColumns(file, rows, NeedSchema().Where(column => column.Name != Network.LabelColumnName && column.Name != Label));
            throw;
        }
    }

    /// <summary>Such rows with their scores.</summary>
    internal IDataView Score(IDataView rows) => _pipeline.Transform(rows);

    /// <summary>The labels of the rows of a file that have one, with all their digits; null where the model derives its label from columns.</summary>
    internal IEnumerable<double>? ReadLabels(TableFile file)
    {
        if (NeedSchema().GetColumnOrNull(Label) is not { } column || !IsLabelAsItIs()) return null;
        NumberSource? numbers = new ModelColumns(file).Find(column) switch
        {
            FileColumn.Single single => single.Numbers,
            FileColumn.Double real => real.Numbers,
            _ => null,
        };
        return numbers?.ReadAll(file).Where(label => !double.IsNaN(label));
    }

    // The label that the network was trained on is a column of the file, under its own name or the one that predictions do not hide.
    private bool IsLabelAsItIs() => Network.LabelColumnName == Label || Network.LabelColumnName == LabelNames.Inside(Label);

    private FileDataView Open(TableFile file, bool isLabelNeeded, Func<int, bool>? keep = null)
    {
        var columns = new ModelColumns(file);
        var rows = new FileDataView(file, [.. NeedSchema().Select(columns.Find).OfType<FileColumn>()], keep);
        if (isLabelNeeded) CheckColumns(file, rows, NeedSchema());
        return rows;
    }

    /// <summary>The columns that the model was trained on.</summary>
    /// <exception cref="UserError">The file does not hold them.</exception>
    internal DataViewSchema NeedSchema() => InputSchema ?? throw new UserError(
        $"'{_path}' holds no input schema, so it does not say which columns it needs: it was saved by Model.Save(model, null, ...). Save it again with the schema of the training data.");

    private void CheckColumns(TableFile file, FileDataView rows, IEnumerable<DataViewSchema.Column> needed)
    {
        string[] missing = [.. needed.Where(column => rows.Schema.GetColumnOrNull(column.Name) is null).Select(ModelColumns.Wanted)];
        if (missing.Length > 0)
            throw new UserError($"{file.Path}: the model '{_path}' needs the columns {string.Join(", ", missing)}, which are not there. The columns are {string.Join(", ", file.Header)}.");
    }
}
