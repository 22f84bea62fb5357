using GnMlNet.DataFrames.Reading;
using GnMlNet.Preparation;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace GnMlNet.DataFrames;

/// <summary>The training of a model on a data frame.</summary>
internal sealed class FrameTraining
{
    // That of gnml train.
    private const int DefaultSeed = 1;

    private readonly FrameReader _reader;
    private readonly string _label;
    private readonly GaussNewtonRegressionTrainer.Options _options;
    private readonly TablePlan _plan;

    internal FrameTraining(
        DataFrame frame, string label, GaussNewtonRegressionTrainer.Options options, IReadOnlyCollection<string>? features, IReadOnlyCollection<string> exclude, IReadOnlyCollection<string> categories)
    {
        (_reader, _label, _options) = (new FrameReader(frame), label, options.Copy());
        _options.Seed ??= DefaultSeed;
        // What names a group of rows or weighs a row says nothing about the label of a new one, unless it is asked for.
        string[] roles = [.. new[] { _options.GroupColumnName, _options.ExampleWeightColumnName }.OfType<string>()];
        _reader.Check([label, .. features ?? [], .. exclude, .. categories, .. roles]);
        HashSet<string> unused = [.. features is null ? exclude.Concat(roles) : _reader.Names.Except(features).Concat(exclude)];
        unused.Remove(label);
        ColumnSummary[] columns = [.. _reader.Names.Select(name => unused.Contains(name) ? new ColumnSummary(name, ColumnKind.Empty) : CellSummary.Of(_reader.Cells(name), categories.Contains(name)))];
        _plan = TablePlan.Of(columns, _reader.Rows, label, features, unused, new WaysOut(name => $"exclude: [\"{name}\"]", "features"));
        if (_plan.Refusal is { } refusal) throw new ArgumentException($"The frame cannot be trained on: {refusal}", nameof(frame));
    }

    internal GaussNewtonRegressionFrameModel Run()
    {
        var context = new MLContext(_options.Seed);
        FrameColumn[] columns = [.. _plan.Prepared.Select(column => Read(column.Name, TypeOf(column))), Read(_label, NumberDataViewType.Single)];
        var rows = new FrameDataView(_reader.Rows, [.. columns, .. Roles()]);
        TransformerChain<ITransformer> preparation = _plan.CreateEstimator(context).Fit(rows);
        IDataView training = context.Data.FilterRowsByMissingValues(preparation.Transform(rows, TransformerScope.Everything), _plan.LabelColumn!);
        (_options.LabelColumnName, _options.FeatureColumnName) = (_plan.LabelColumn!, TablePlan.FeatureColumn);
        List<string> notes = [.. _plan.Notes];
        TransformerChain<RegressionPredictionTransformer<GaussNewtonRegressionModelParameters>> pipeline = preparation.Append(Fit(context, training, notes));
        return new GaussNewtonRegressionFrameModel(context, pipeline, new FrameDataView(_reader.Rows, columns).Schema, notes);
    }

    /// <summary>The columns of the groups and weights under names that no feature has, which are no part of the model.</summary>
    private IEnumerable<FrameColumn> Roles()
    {
        if (_options.GroupColumnName is { } group) yield return new FrameColumn.Text(_options.GroupColumnName = group + " (group)", _reader.Cells(group).ToNames());
        if (_options.ExampleWeightColumnName is { } weight) yield return Read(weight, NumberDataViewType.Single) with { Name = _options.ExampleWeightColumnName = weight + " (weight)" };
    }

    private FrameColumn Read(string name, DataViewType type) => _reader.Find(name, type)!;

    private static DataViewType TypeOf(PreparedColumn column) => column.IsText ? TextDataViewType.Instance : column.Offset is null ? NumberDataViewType.Single : NumberDataViewType.Double;

    /// <summary>Trains, and keeps what ML.NET would log as a warning.</summary>
    private RegressionPredictionTransformer<GaussNewtonRegressionModelParameters> Fit(MLContext context, IDataView training, List<string> notes)
    {
        void Keep(object? sender, LoggingEventArgs entry)
        {
            if (entry.Kind == ChannelMessageKind.Warning) lock (notes) notes.Add(entry.RawMessage);
        }

        context.Log += Keep;
        try
        {
            return context.Regression.Trainers.GaussNewtonRegression(_options).Fit(training);
        }
        finally
        {
            context.Log -= Keep;
        }
    }
}
