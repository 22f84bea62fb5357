using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tables;

/// <summary>A column that goes into the features.</summary>
/// <param name="Read">How it is read.</param>
/// <param name="IsText">Whether it is one-hot encoded; else it is a number.</param>
/// <param name="Offset">What is subtracted in double precision before it becomes a float; null where it is read as one.</param>
internal sealed record PreparedColumn(CsvColumn Read, bool IsText, double? Offset = null);

/// <summary>What training does with a column of a file.</summary>
/// <param name="Profile">The column.</param>
/// <param name="Columns">The columns that it gives; none where it is left out.</param>
/// <param name="Action">What is done, in a few words.</param>
/// <param name="Note">What the user should know of it, or null.</param>
/// <param name="Refusal">Why the table cannot be used with it, and the way out; or null.</param>
internal sealed record ColumnPlan(ColumnProfile Profile, IReadOnlyList<PreparedColumn> Columns, string Action, string? Note = null, string? Refusal = null)
{
    /// <summary>Text columns with more distinct values than this are not one-hot encoded.</summary>
    internal const int MostLevels = 100;

    private const string LeftOut = "left out";

    /// <summary>The columns that may be features, each with what is done with it.</summary>
    /// <param name="profile">The file.</param>
    /// <param name="label">The label, which is none; null where it is not known.</param>
    /// <param name="named">The columns to use; null means all that can be.</param>
    /// <param name="excluded">Those to leave out.</param>
    internal static IEnumerable<ColumnPlan> Of(CsvProfile profile, string? label, string[]? named, string[] excluded) =>
        (named ?? profile.File.Header).Where(name => name != label && !excluded.Contains(name)).Distinct()
            .Select(name => Of(profile, profile[name], isNamed: named?.Contains(name) ?? false));

    private static ColumnPlan Of(CsvProfile profile, ColumnProfile column, bool isNamed)
    {
        bool isUnnamed = profile.File.WrittenHeader[column.Index].Length == 0 && profile.File.WrittenHeader.Any(name => name.Length > 0);
        if (column.Notation is ColumnNotation.Empty) return new(column, [], LeftOut + ": empty", $"Column '{column.Name}' is empty and was left out.");
        if (isUnnamed && !isNamed && IsIndex(column, profile.RowCount)) return new(column, [], LeftOut + ": names of rows", $"Column '{column.Name}' has no name and numbers or names the rows; it was left out. To use it, name it in the first line or with --features.");
        return column.Notation switch
        {
            ColumnNotation.Undecided undecided => new(column, [], "refused", Refusal: $"column '{column.Name}': {undecided.Question}."),
            ColumnNotation.Numbers numbers => OfNumbers(column, new NumberSource.Written(column.Index, profile.File.Missing, numbers.Notation)),
            ColumnNotation.Dates dates => OfDates(column, dates, profile.File.Missing),
            _ => OfCategories(profile, column),
        };
    }

    // Numbers that count the rows, or a text for each.
    private static bool IsIndex(ColumnProfile column, int rows) => column.Counts || (column.Notation is ColumnNotation.Texts && column.Distinct == Math.Min(rows, ColumnProfile.MostDistinct));

    private static ColumnPlan OfNumbers(ColumnProfile column, NumberSource source)
    {
        string? missing = column.Missing > 0 ? $"Column '{column.Name}': {column.Missing} missing values were replaced by the mean of the training rows." : null;
        string action = column.Missing > 0 ? "number; missing ones are replaced by the mean" : "number";
        if (!column.NeedsDouble) return new(column, [new(new CsvColumn.Single(column.Name, source), IsText: false)], action, missing);
        string rest = column.MergedAroundMiddle > 0 ? $" Even so {column.MergedAroundMiddle} distinct values become one with others." : "";
        string note = Invariant($"Column '{column.Name}': {column.Middle} was subtracted before rounding to single precision, which would have merged {column.MergedInSingle} of {column.Distinct} distinct values.{rest}");
        return new(column, [new(new CsvColumn.Double(column.Name, source), IsText: false, column.Middle)], action + ", less an offset", missing is null ? note : $"{missing} {note}");
    }

    private static ColumnPlan OfDates(ColumnProfile column, ColumnNotation.Dates dates, MissingMarks missing)
    {
        if (dates.Parts.Count == 0) return new(column, [], LeftOut + ": always the same date", $"Column '{column.Name}' always has the same date and was left out.");
        PreparedColumn Part(DatePart part)
        {
            var source = new NumberSource.PartOfDate(column.Index, missing, dates.Notation, part);
            string name = DateParts.NameOf(column.Name, part);
            return part == DatePart.Days ? new(new CsvColumn.Double(name, source), IsText: false, column.Middle) : new(new CsvColumn.Single(name, source), IsText: false);
        }

        PreparedColumn[] columns = [.. dates.Parts.Select(Part)];
        string names = string.Join(", ", columns.Select(part => $"'{part.Read.Name}'"));
        string replaced = column.Missing > 0 ? $" {column.Missing} missing ones were replaced by the means." : "";
        return new(column, columns, $"dates, as {names}", $"Column '{column.Name}' holds dates or times like {dates.Notation.Name}; it became {names}.{replaced}");
    }

    private static ColumnPlan OfCategories(CsvProfile profile, ColumnProfile column)
    {
        int levels = column.Distinct + (column.Missing > 0 ? 1 : 0);
        if (levels > MostLevels)
        {
            string dates = profile.Dates(column) > 0 ? $" {profile.Dates(column)} of its cells are dates; written alike, such as 2024-12-31, they are read as dates." : "";
            return new(column, [], "refused", Refusal:
                $"column '{column.Name}' is text with more than {MostLevels} distinct values, such as '{profile.ForeignText(column) ?? column.Levels.FirstOrDefault()}', too many to encode.{dates} Leave it out with --exclude '{column.Name}', or name the columns to use with --features.");
        }

        return new(column, [new(new CsvColumn.Text(column.Name, column.Index), IsText: true)], Invariant($"one-hot encoded, {levels} values"), $"Column '{column.Name}' is text with {levels} distinct values; it was one-hot encoded.");
    }
}
