using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace GnMlNet.Preparation;

/// <summary>What training does with a table, wherever its rows come from: which columns become features, and by which transforms; what is refused.</summary>
public sealed class TablePlan
{
    /// <summary>The vector column of the features.</summary>
    public const string FeatureColumn = "Features";

    private readonly LabelPlan? _label;
    private readonly HashSet<string> _names;

    private TablePlan(LabelPlan? label, IReadOnlyList<ColumnPlan> columns, IEnumerable<string> names)
    {
        (_label, Columns, _names) = (label, columns, [.. names]);
        Prepared = [.. columns.SelectMany(column => column.Columns)];
    }

    /// <summary>The columns that may be features, each with what is done with it.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; }

    /// <summary>The columns that go into the features, in order.</summary>
    public IReadOnlyList<PreparedColumn> Prepared { get; }

    /// <summary>The label's column after <see cref="CreateEstimator"/>: another name than the table's where predictions would hide it; null where the label is not known.</summary>
    public string? LabelColumn => _label is null ? null : LabelNames.Inside(_label.Name);

    /// <summary>Why the table cannot be trained on, and the way out; null where it can.</summary>
    public string? Refusal => _label?.Refusal ?? Columns.Select(column => column.Refusal).FirstOrDefault(refusal => refusal is not null) ?? SameName() ?? NoColumn();

    /// <summary>What the user should know about what becomes of the columns, those of the label last.</summary>
    public IEnumerable<string> Notes => [.. Columns.Select(column => column.Note).OfType<string>(), .. _label?.Notes ?? []];

    /// <summary>The plan for a table.</summary>
    /// <param name="columns">Its columns, of names that differ.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="label">The label, one of the columns; null where it is not known.</param>
    /// <param name="named">The columns to use as features; null means all that can be.</param>
    /// <param name="excluded">The columns to leave out.</param>
    /// <param name="ways">What the caller calls the ways out of a refusal.</param>
    /// <exception cref="ArgumentException">There is no such label or column to use.</exception>
    public static TablePlan Of(IReadOnlyList<ColumnSummary> columns, int rows, string? label, IReadOnlyCollection<string>? named, IReadOnlyCollection<string> excluded, WaysOut ways)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(excluded);
        ArgumentNullException.ThrowIfNull(ways);
        ColumnSummary Find(string name) => columns.FirstOrDefault(column => column.Name == name) ?? throw new ArgumentException($"There is no column '{name}'.", nameof(columns));
        IEnumerable<ColumnSummary> candidates = named is null ? columns : named.Distinct().Select(Find);
        return new TablePlan(
            label is null ? null : new LabelPlan(Find(label)),
            [.. candidates.Where(column => column.Name != label && !excluded.Contains(column.Name)).Select(column => ColumnPlan.Of(column, rows, named is not null, ways))],
            columns.Select(column => column.Name));
    }

    /// <summary>The transforms from <see cref="Prepared"/> and the label to <see cref="FeatureColumn"/> and <see cref="LabelColumn"/>, to be saved as part of the model. What is done to the label is for training and testing only, so that predicting needs none.</summary>
    /// <param name="context">ML.NET.</param>
    public EstimatorChain<ITransformer> CreateEstimator(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // All columns of a kind at once: each transform reads all rows when it is fitted.
        InputOutputColumnPair[] Of(bool isText) => [.. Prepared.Where(column => column.IsText == isText).Select(column => new InputOutputColumnPair(column.Name))];
        InputOutputColumnPair[] numbers = Of(isText: false), texts = Of(isText: true);
        var chain = new EstimatorChain<ITransformer>();
        // Predictions, or the vector of features, would hide a label of their name.
        if (_label is not null && LabelColumn != _label.Name) chain = chain.Append<ITransformer>(context.Transforms.CopyColumns(LabelColumn, _label.Name), TransformerScope.TrainTest);
        foreach (PreparedColumn column in Prepared.Where(column => column.Offset is not null))
            chain = chain.Append<ITransformer>(context.Transforms.Expression(column.Name, string.Create(CultureInfo.InvariantCulture, $"x => single(x - {column.Offset!.Value:F17}d)"), column.Name));
        if (texts.Length > 0) chain = chain.Append<ITransformer>(context.Transforms.Categorical.OneHotEncoding(texts));
        if (numbers.Length > 0) chain = chain.Append<ITransformer>(context.Transforms.ReplaceMissingValues(numbers, MissingValueReplacingEstimator.ReplacementMode.Mean));
        return chain.Append<ITransformer>(context.Transforms.Concatenate(FeatureColumn, [.. Prepared.Select(column => column.Name)]));
    }

    private string? NoColumn() => Prepared.Count == 0 && _label is not null ? $"there is no column to predict '{_label.Name}' from." : null;

    // The parts of dates have names of their own; one of a column of the table, used or not, would make it unclear what a model wants.
    private string? SameName() =>
        Prepared.FirstOrDefault(column => column.Part is not null && _names.Contains(column.Name)) is { } part
            ? $"'{part.Name}' is the name of a column and of a part of the dates of '{part.Source.Name}'; rename one of these columns."
            : null;
}
