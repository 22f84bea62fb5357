using System.Globalization;
using GnMlNet.Cli.Reading;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace GnMlNet.Cli.Tables;

/// <summary>A table to train on: the file, the columns to read, and the transforms that make of them a label and a vector of features.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Profile">The file and what is in it.</param>
/// <param name="Columns">The columns to read.</param>
/// <param name="Label">The label as the user calls it.</param>
/// <param name="LabelColumn">The label's column after <paramref name="Preparation"/>; another name where predictions would hide it.</param>
/// <param name="LabelNumbers">The label in the file, before <paramref name="LabelFactor"/>.</param>
/// <param name="LabelFactor">What the numbers in the file are multiplied by.</param>
/// <param name="Features">The features that go into the model.</param>
/// <param name="Preparation">From the columns to <see cref="FeatureColumn"/>; saved as part of the model.</param>
/// <param name="Notes">What the user should know about how the columns were read.</param>
internal sealed record RegressionTable(
    string Name,
    CsvProfile Profile,
    IReadOnlyList<CsvColumn> Columns,
    string Label,
    string LabelColumn,
    NumberSource LabelNumbers,
    double LabelFactor,
    IReadOnlyList<string> Features,
    EstimatorChain<ITransformer> Preparation,
    IReadOnlyList<string> Notes)
{
    internal const string FeatureColumn = "Features";

    /// <summary>The column of the groups of rows, which is read beside <see cref="Columns"/> in training and is no part of the model; null without groups.</summary>
    internal CsvColumn.Group? Group { get; init; }

    // It may be a feature as well, under its own name.
    private const string GroupSuffix = " (group)";

    /// <summary>The column that ML.NET puts predictions in.</summary>
    internal const string ScoreColumn = "Score";

    /// <summary>
    /// A table from any CSV file: numbers have their missing cells replaced by the column's mean, dates become numbers, text is one-hot encoded.
    /// </summary>
    /// <exception cref="UserError">A column is not there, or cannot be used; the message names it.</exception>
    internal static RegressionTable FromCsv(MLContext context, TableSettings settings)
    {
        CsvFile file = CsvFile.Open(settings.Path!, settings.Reading, settings.Label);
        string label = settings.Label!;
        file.IndexOf(label);
        // What names a group of rows says nothing about a new group, unless it is asked for.
        string[] excluded = [.. NameList.Resolve(settings.Excluded, file), .. settings.Group is { } group && settings.Features is null ? [file.Header[file.IndexOf(group)]] : Array.Empty<string>()];
        string[] categories = NameList.Resolve(settings.Categories, file);
        string[]? named = settings.Features is null ? null : NameList.Resolve(settings.Features, file);
        CsvProfile profile = CsvProfile.Measure(file, categories);
        NumberSource labels = LabelOf(profile, label);

        var notes = new List<string>(profile.Notes);
        ColumnPlan[] plans = [.. ColumnPlan.Of(profile, label, named, excluded)];
        foreach (ColumnPlan plan in plans)
        {
            if (plan.Refusal is { } refusal) throw new UserError($"{file.Path}: {refusal}");
            if (plan.Note is { } note) notes.Add(note);
        }

        PreparedColumn[] columns = [.. plans.SelectMany(plan => plan.Columns)];
        if (columns.Length == 0) throw new UserError($"{file.Path}: there is no column to predict '{label}' from.");
        AddLabelNotes(profile[label], notes);
        string labelColumn = LabelNames.Inside(label);
        return new RegressionTable(
            Path.GetFileName(file.Path),
            profile,
            [.. columns.Select(column => column.Read), new CsvColumn.Single(label, labels)],
            label,
            labelColumn,
            labels,
            LabelFactor: 1,
            [.. columns.Select(column => column.Read.Name)],
            Prepare(context, columns, label, labelColumn),
            notes)
        {
            Group = settings.Group is null ? null : new CsvColumn.Group(settings.Group + GroupSuffix, file.IndexOf(settings.Group), file.Missing),
        };
    }

    /// <summary>For every row the number of its group; a row whose cell is missing is a group of its own.</summary>
    internal int[] ReadGroups()
    {
        var numbers = new Dictionary<string, int>();
        var groups = new List<int>();
        int count = 0;
        using CsvFile.Reader reader = Profile.File.Read(Group!.IsKept);
        while (reader.MoveNext())
        {
            string name = Group.Read(reader);
            if (name.Length == 0) groups.Add(count++);
            else if (numbers.TryGetValue(name, out int known)) groups.Add(known);
            else groups.Add(numbers[name] = count++);
        }

        return [.. groups];
    }

    /// <summary>The labels of all rows, with all their digits, in the order of the file; NaN where they are missing.</summary>
    internal double[] ReadLabels() => [.. LabelNumbers.ReadAll(Profile.File).Select(label => label * LabelFactor)];

    /// <summary>The names that ML.NET keeps with the features in a vector column; none where the pipeline does not tell.</summary>
    internal static IReadOnlyList<string> NamesOf(DataViewSchema schema, string column) => schema.GetColumnOrNull(column) is { } features ? NamesOf(features) : [];

    /// <inheritdoc cref="NamesOf(DataViewSchema, string)"/>
    internal static IReadOnlyList<string> NamesOf(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames()) return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static EstimatorChain<ITransformer> Prepare(MLContext context, PreparedColumn[] columns, string label, string labelColumn)
    {
        // All columns of a kind at once: each transform reads the whole file when it is fitted.
        InputOutputColumnPair[] Of(bool isText) => [.. columns.Where(column => column.IsText == isText).Select(column => new InputOutputColumnPair(column.Read.Name))];
        InputOutputColumnPair[] numbers = Of(isText: false), texts = Of(isText: true);
        var chain = new EstimatorChain<ITransformer>();
        // Predictions, or the vector of features, would hide a label of their name.
        if (labelColumn != label) chain = chain.Append<ITransformer>(context.Transforms.CopyColumns(labelColumn, label), TransformerScope.TrainTest);
        foreach (PreparedColumn column in columns.Where(column => column.Offset is not null))
            chain = chain.Append<ITransformer>(context.Transforms.Expression(column.Read.Name, string.Create(CultureInfo.InvariantCulture, $"x => single(x - {column.Offset!.Value:F17}d)"), column.Read.Name));
        if (texts.Length > 0) chain = chain.Append<ITransformer>(context.Transforms.Categorical.OneHotEncoding(texts));
        if (numbers.Length > 0)
            chain = chain.Append<ITransformer>(context.Transforms.ReplaceMissingValues(numbers, MissingValueReplacingEstimator.ReplacementMode.Mean));
        return chain.Append<ITransformer>(context.Transforms.Concatenate(FeatureColumn, [.. columns.Select(column => column.Read.Name)]));
    }

    private static NumberSource.Written LabelOf(CsvProfile profile, string label)
    {
        string path = profile.File.Path;
        ColumnProfile column = profile[label];
        return column.Notation switch
        {
            ColumnNotation.Empty => throw new UserError($"{path}: the label column '{label}' is empty."),
            ColumnNotation.Undecided undecided => throw new UserError($"{path}: the label column '{label}': {undecided.Question}."),
            ColumnNotation.Dates => throw new UserError($"{path}: the label column '{label}' holds dates; regression predicts numbers, such as the days since an event."),
            ColumnNotation.Numbers numbers => new NumberSource.Written(column.Index, profile.File.Missing, numbers.Notation),
            _ => throw new UserError($"{path}: the label column '{label}' holds text, such as '{profile.ForeignText(column)}'; regression predicts numbers."),
        };
    }

    private static void AddLabelNotes(ColumnProfile label, List<string> notes)
    {
        if (label.Missing > 0) notes.Add($"{label.Missing} rows without a label were left out.");
        if (label.MergedInSingle > 0)
            notes.Add($"Label '{label.Name}': single precision, in which ML.NET predicts, keeps {label.Distinct - label.MergedInSingle} of its {label.Distinct} distinct values apart. Subtract an offset such as {label.Middle:G17} from it and train on the rest.");
    }
}
