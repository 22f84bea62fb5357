using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace GnMlNet.Cli.Tables;

/// <summary>A table to train on: the file, the columns to read, and the transforms that make of them a label and a vector of features.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Profile">The file and what is in it.</param>
/// <param name="Columns">The columns to read.</param>
/// <param name="Label">The label column after <paramref name="Preparation"/>.</param>
/// <param name="Features">The features that go into the model.</param>
/// <param name="Preparation">From the columns to <see cref="FeatureColumn"/>; saved as part of the model.</param>
/// <param name="Notes">What the user should know about how the columns were read.</param>
internal sealed record RegressionTable(
    string Name,
    CsvProfile Profile,
    IReadOnlyList<CsvColumn> Columns,
    string Label,
    IReadOnlyList<string> Features,
    EstimatorChain<ITransformer> Preparation,
    IReadOnlyList<string> Notes)
{
    internal const string FeatureColumn = "Features";

    /// <summary>The column that ML.NET puts predictions in.</summary>
    internal const string ScoreColumn = "Score";

    /// <summary>
    /// A table from any CSV file: numbers have their missing cells replaced by the column's mean, text is one-hot encoded.
    /// </summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="path">The file.</param>
    /// <param name="label">The column to predict.</param>
    /// <param name="features">The columns to predict it from; null means all others.</param>
    /// <exception cref="UserError">A column is not there, or cannot be used; the message names it.</exception>
    internal static RegressionTable FromCsv(MLContext context, string path, string label, IReadOnlyList<string>? features)
    {
        CsvFile file = CsvFile.Open(path);
        if (label == ScoreColumn) throw new UserError($"{path}: the label cannot be called '{label}', the name of the prediction; rename the column.");

        file.IndexOf(label);
        foreach (string feature in features ?? []) file.IndexOf(feature);
        CsvProfile profile = CsvProfile.Measure(file);
        CheckLabel(profile, label);

        var notes = new List<string>();
        string[] named = [.. (features ?? file.Header).Where(name => name != label).Distinct()];
        CsvColumn[] columns = [.. named.Where(name => IsPresent(profile, name, notes)).Select(profile.Infer)];
        if (columns.Length == 0) throw new UserError($"{path}: there is no column to predict '{label}' from.");

        CheckLevels(profile, columns);
        AddNotes(profile, columns, label, notes);
        return new RegressionTable(
            Path.GetFileName(path),
            profile,
            [.. columns, new CsvColumn(label, CsvColumnKind.Number)],
            label,
            [.. columns.Select(column => column.Name)],
            Prepare(context, columns),
            notes);
    }

    /// <summary>The names that ML.NET keeps with the features in a vector column; none where the pipeline does not tell.</summary>
    internal static IReadOnlyList<string> NamesOf(DataViewSchema schema, string column)
    {
        if (schema.GetColumnOrNull(column) is not { } features || !features.HasSlotNames()) return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        features.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static EstimatorChain<ITransformer> Prepare(MLContext context, CsvColumn[] columns)
    {
        // All columns of a kind at once: each transform reads the whole file when it is fitted.
        InputOutputColumnPair[] Of(CsvColumnKind kind) => [.. columns.Where(column => column.Kind == kind).Select(column => new InputOutputColumnPair(column.Name))];
        InputOutputColumnPair[] numbers = Of(CsvColumnKind.Number), texts = Of(CsvColumnKind.Text);
        var chain = new EstimatorChain<ITransformer>();
        if (texts.Length > 0) chain = chain.Append<ITransformer>(context.Transforms.Categorical.OneHotEncoding(texts));
        if (numbers.Length > 0)
            chain = chain.Append<ITransformer>(context.Transforms.ReplaceMissingValues(numbers, MissingValueReplacingEstimator.ReplacementMode.Mean));
        return chain.Append<ITransformer>(context.Transforms.Concatenate(FeatureColumn, [.. columns.Select(column => column.Name)]));
    }

    private static void CheckLabel(CsvProfile profile, string label)
    {
        if (profile.Infer(label).Kind != CsvColumnKind.Number)
            throw new UserError($"{profile.File.Path}: the label column '{label}' holds text; regression predicts numbers.");
        if (profile.MissingCount(label) == profile.RowCount) throw new UserError($"{profile.File.Path}: the label column '{label}' is empty.");
    }

    private static bool IsPresent(CsvProfile profile, string column, List<string> notes)
    {
        if (profile.MissingCount(column) < profile.RowCount) return true;
        notes.Add($"Column '{column}' is empty and was left out.");
        return false;
    }

    private static void CheckLevels(CsvProfile profile, CsvColumn[] columns)
    {
        CsvColumn? wide = columns.FirstOrDefault(column => column.Kind == CsvColumnKind.Text && profile.LevelCount(column.Name) > CsvProfile.MostLevels);
        if (wide is not null)
        {
            throw new UserError(
                $"{profile.File.Path}: column '{wide.Name}' is text with more than {CsvProfile.MostLevels} distinct values, too many to encode. Leave it out by naming the columns to use with --features.");
        }
    }

    private static void AddNotes(CsvProfile profile, CsvColumn[] columns, string label, List<string> notes)
    {
        foreach (CsvColumn column in columns)
        {
            int missing = profile.MissingCount(column.Name);
            if (column.Kind == CsvColumnKind.Text) notes.Add($"Column '{column.Name}' is text with {profile.LevelCount(column.Name)} distinct values; it was one-hot encoded.");
            else if (missing > 0) notes.Add($"Column '{column.Name}': {missing} missing values were replaced by the mean of the training rows.");
        }

        int unlabelled = profile.MissingCount(label);
        if (unlabelled > 0) notes.Add($"{unlabelled} rows without a label were left out.");
    }
}
