using GnMlNet.Cli.Reading;
using GnMlNet.Preparation;
using Microsoft.ML;
using Microsoft.ML.Data;

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
    FileProfile Profile,
    IReadOnlyList<FileColumn> Columns,
    string Label,
    string LabelColumn,
    NumberSource LabelNumbers,
    double LabelFactor,
    IReadOnlyList<string> Features,
    EstimatorChain<ITransformer> Preparation,
    IReadOnlyList<string> Notes)
{
    internal const string FeatureColumn = TablePlan.FeatureColumn;

    /// <summary>The column of the groups of rows, which is read beside <see cref="Columns"/> in training and is no part of the model; null without groups.</summary>
    internal FileColumn.Group? Group { get; init; }

    // It may be a feature as well, under its own name.
    private const string GroupSuffix = " (group)";

    /// <summary>The column that ML.NET puts predictions in.</summary>
    internal const string ScoreColumn = "Score";

    /// <summary>
    /// A table from any file: numbers have their missing cells replaced by the column's mean, dates become numbers, text is one-hot encoded.
    /// </summary>
    /// <exception cref="UserError">A column is not there, or cannot be used; the message names it.</exception>
    internal static RegressionTable FromFile(MLContext context, TableSettings settings)
    {
        TableFile file = TableFile.Open(DataFiles.Expand(settings.Data), settings.Reading, settings.Label);
        string label = settings.Label!;
        file.IndexOf(label);
        // What names a group of rows says nothing about a new group, unless it is asked for.
        string[] excluded = [.. NameList.Resolve(settings.Excluded, file), .. settings.Group is { } group && settings.Features is null ? [file.Header[file.IndexOf(group)]] : Array.Empty<string>()];
        string[] categories = NameList.Resolve(settings.Categories, file);
        if (settings.Group is { } ofGroups && file.Declared(file.IndexOf(ofGroups)) is ColumnNotation.NoCells none) throw new UserError($"{file.Path}: column '{ofGroups}' holds {none.Content}, which name no groups. Give a column of numbers or text to --group.");
        string[]? named = settings.Features is null ? null : NameList.Resolve(settings.Features, file);
        ColumnKinds.Check(file, column => !excluded.Contains(column) && !categories.Contains(column) && (named is null || column == label || named.Contains(column)));
        FileProfile profile = FileProfile.Measure(file, categories);
        TablePlan plan = PlanOf(profile, label, named, excluded);
        if (plan.Refusal is { } refusal) throw new UserError($"{file.Path}: {refusal}");
        var labels = new NumberSource.Written(profile[label].Index, file.Missing, ((ColumnNotation.Numbers)profile[label].Notation).Notation);
        return new RegressionTable(
            Path.GetFileName(file.Path),
            profile,
            [.. plan.Prepared.Select(column => profile[column.Source.Name].Read(column)), new FileColumn.Single(label, labels)],
            label,
            plan.LabelColumn!,
            labels,
            LabelFactor: 1,
            [.. plan.Prepared.Select(column => column.Name)],
            plan.CreateEstimator(context),
            [.. profile.Notes, .. plan.Notes])
        {
            Group = settings.Group is null ? null : new FileColumn.Group(settings.Group + GroupSuffix, file.IndexOf(settings.Group), file.Missing),
        };
    }

    /// <summary>For every row the number of its group; a row whose cell is missing is a group of its own.</summary>
    internal int[] ReadGroups()
    {
        var numbers = new Dictionary<string, int>();
        var groups = new List<int>();
        int count = 0;
        using TableFile.Reader reader = Profile.File.Read(Group!.IsKnown);
        while (reader.MoveNext())
        {
            string name = Group.Read(reader);
            if (name.Length == 0) groups.Add(count++);
            else if (numbers.TryGetValue(name, out int known)) groups.Add(known);
            else groups.Add(numbers[name] = count++);
        }

        return [.. groups];
    }

    /// <summary>The labels of rows that have one, with all their digits, in the order of the file.</summary>
    /// <param name="keep">Which rows, by number from 0.</param>
    internal IEnumerable<double> ReadLabels(Func<int, bool> keep) => LabelNumbers.ReadAll(Profile.File, keep).Where(label => !double.IsNaN(label)).Select(label => label * LabelFactor);

    /// <summary>What training does with the columns of a file.</summary>
    /// <param name="profile">The file.</param>
    /// <param name="label">The label; null where it is not known.</param>
    /// <param name="named">The columns to use as features; null means all that can be.</param>
    /// <param name="excluded">Those to leave out.</param>
    internal static TablePlan PlanOf(FileProfile profile, string? label, string[]? named, string[] excluded) =>
        TablePlan.Of([.. profile.Columns.Select(column => column.Content)], profile.RowCount, label, named, excluded, new WaysOut(name => $"--exclude '{name}'", "--features"));
}
