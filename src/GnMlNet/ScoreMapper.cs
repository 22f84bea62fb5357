using GnMlNet.Core.Ensembles;
using GnMlNet.Models;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace GnMlNet;

/// <summary>
/// A model bound to the feature column of a data view: it adds Score and, for a model with prediction intervals, Lower, Upper and StandardDeviation.
/// The leverage, by far the most work, is computed only where the value of one of these is asked for, and once a row.
/// </summary>
internal sealed class ScoreMapper : ISchemaBoundRowMapper
{
    internal const string Lower = "Lower";
    internal const string Upper = "Upper";
    internal const string StandardDeviation = "StandardDeviation";

    private readonly TrainedModel _model;

    internal ScoreMapper(ISchemaBindableMapper bindable, TrainedModel model, RoleMappedSchema schema)
    {
        (Bindable, _model, InputRoleMappedSchema) = (bindable, model, schema);
        CheckFeatures(schema.Feature, model.InputSize);
        var builder = new DataViewSchema.Builder();
        foreach (string name in ColumnNames(model is EnsembleModel { Ensemble.Intervals: not null })) builder.AddColumn(name, NumberDataViewType.Single, name == DefaultColumnNames.Score ? ScoreAnnotations() : null);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema OutputSchema { get; }

    public RoleMappedSchema InputRoleMappedSchema { get; }

    public DataViewSchema InputSchema => InputRoleMappedSchema.Schema;

    public ISchemaBindableMapper Bindable { get; }

    private DataViewSchema.Column Features => InputRoleMappedSchema.Feature!.Value;

    /// <summary>The columns that a model adds, in order.</summary>
    internal static string[] ColumnNames(bool hasIntervals) => hasIntervals ? [DefaultColumnNames.Score, Lower, Upper, StandardDeviation] : [DefaultColumnNames.Score];

    public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles() => [RoleMappedSchema.ColumnRole.Feature.Bind(Features.Name)];

    public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) => dependingColumns.Any() ? [Features] : [];

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new ScoredRow(this, input);

    /// <summary>Refuses features of another type or number before a row is read.</summary>
    private static void CheckFeatures(DataViewSchema.Column? features, int inputSize)
    {
        if (features is not { } column) return;
        if (column.Type is not VectorDataViewType vector || vector.ItemType != NumberDataViewType.Single || (vector.Size > 0 && vector.Size != inputSize))
            throw new ArgumentOutOfRangeException(nameof(features), $"Schema mismatch for feature column '{column.Name}': expected a vector of {inputSize} {NumberDataViewType.Single}, got {column.Type}.");
    }

    /// <summary>What stock trainers say of their score, by which ML.NET finds it.</summary>
    private static DataViewSchema.Annotations ScoreAnnotations()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        void Add(string kind, string text) => builder.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());
        Add(AnnotationUtils.Kinds.ScoreColumnKind, AnnotationUtils.Const.ScoreColumnKind.Regression);
        Add(AnnotationUtils.Kinds.ScoreValueKind, AnnotationUtils.Const.ScoreValueKind.Score);
        return builder.ToAnnotations();
    }

    private sealed class ScoredRow : DataViewRow
    {
        private readonly ScoreMapper _mapper;
        private readonly DataViewRow _input;
        private readonly float[] _dense;
        private ValueGetter<VBuffer<float>>? _getFeatures;
        private VBuffer<float> _features;
        private IntervalPrediction _interval;
        private long _intervalPosition = -1;
        private bool _asksForIntervals;

        internal ScoredRow(ScoreMapper mapper, DataViewRow input)
        {
            (_mapper, _input) = (mapper, input);
            _dense = new float[mapper._model.InputSize];
        }

        public override DataViewSchema Schema => _mapper.OutputSchema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            // Where nothing of ours is asked for, the features need not be there.
            _getFeatures ??= _input.GetGetter<VBuffer<float>>(_mapper.Features);
            ValueGetter<float> getter = column.Name switch
            {
                Lower => (ref float value) => value = (float)Interval().Lower,
                Upper => (ref float value) => value = (float)Interval().Upper,
                StandardDeviation => (ref float value) => value = (float)Interval().StandardDeviation,
                // Who makes the interval has the score already, and who asked for it once will again. A getter says nothing: prediction engines take those of all columns.
                _ => (ref float value) => value = (float)(_asksForIntervals ? Interval().Score : _mapper._model.Predict(ReadFeatures())),
            };
            return getter as ValueGetter<TValue> ?? throw Contracts.Except($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue).Name}.");
        }

        private IntervalPrediction Interval()
        {
            _asksForIntervals = true;
            if (_intervalPosition != _input.Position)
            {
                _interval = ((EnsembleModel)_mapper._model).Ensemble.PredictInterval(ReadFeatures());
                _intervalPosition = _input.Position;
            }

            return _interval;
        }

        private ReadOnlySpan<float> ReadFeatures()
        {
            _getFeatures!(ref _features);
            if (_features.Length != _dense.Length) throw Contracts.Except($"The model takes {_dense.Length} features, not {_features.Length}.");
            _features.CopyTo(_dense);
            return _dense;
        }
    }
}
