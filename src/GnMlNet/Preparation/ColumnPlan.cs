using static System.FormattableString;

namespace GnMlNet.Preparation;

/// <summary>What training does with a column of a table.</summary>
public sealed class ColumnPlan
{
    /// <summary>Text columns with more distinct values than this are not one-hot encoded.</summary>
    public const int MostLevels = 100;

    private const string LeftOut = "left out";

    private ColumnPlan(ColumnSummary source, IReadOnlyList<PreparedColumn> columns, string action, string? note = null, string? refusal = null) =>
        (Source, Columns, Action, Note, Refusal) = (source, columns, action, note, refusal);

    /// <summary>The column.</summary>
    public ColumnSummary Source { get; }

    /// <summary>The columns that it gives; none where it is left out.</summary>
    public IReadOnlyList<PreparedColumn> Columns { get; }

    /// <summary>What is done, in a few words.</summary>
    public string Action { get; }

    /// <summary>What the user should know of it, or null.</summary>
    public string? Note { get; }

    /// <summary>Why the table cannot be used with it, and the way out; or null.</summary>
    public string? Refusal { get; }

    /// <summary>The plan for a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The number of rows of the table.</param>
    /// <param name="isNamed">Whether the user asked for it by name.</param>
    /// <param name="ways">What the caller calls the ways out.</param>
    internal static ColumnPlan Of(ColumnSummary column, int rows, bool isNamed, WaysOut ways)
    {
        if (column.Kind == ColumnKind.Empty) return new(column, [], LeftOut + ": empty", $"Column '{column.Name}' is empty and was left out.");
        if (!column.HasName && !isNamed && IsIndex(column, rows)) return new(column, [], LeftOut + ": names of rows", $"Column '{column.Name}' has no name and numbers or names the rows; it was left out. To use it, give it a name or list it in {ways.Features}.");
        return column.Kind switch
        {
            ColumnKind.Undecided => new(column, [], "refused", refusal: $"column '{column.Name}': {column.Question}."),
            ColumnKind.Numbers => OfNumbers(column),
            ColumnKind.Dates => OfDates(column),
            _ => OfCategories(column, ways),
        };
    }

    // Numbers that count the rows, or a text for each.
    private static bool IsIndex(ColumnSummary column, int rows) => column.Counts || (column.Kind == ColumnKind.Texts && column.Distinct == Math.Min(rows, ColumnSummary.MostDistinct));

    private static ColumnPlan OfNumbers(ColumnSummary column)
    {
        string? missing = column.Missing > 0 ? $"Column '{column.Name}': {column.Missing} missing values were replaced by the mean of the training rows." : null;
        string action = column.Missing > 0 ? "number; missing ones are replaced by the mean" : "number";
        if (!column.NeedsDouble) return new(column, [new(column, isText: false)], action, missing);
        string rest = column.MergedAroundMiddle > 0 ? $" Even so {column.MergedAroundMiddle} distinct values become one with others." : "";
        string note = Invariant($"Column '{column.Name}': {column.Middle} was subtracted before rounding to single precision, which would have merged {column.MergedInSingle} of {column.Distinct} distinct values.{rest}");
        return new(column, [new(column, isText: false, offset: column.Middle)], action + ", less an offset", missing is null ? note : $"{missing} {note}");
    }

    private static ColumnPlan OfDates(ColumnSummary column)
    {
        if (column.Parts.Count == 0) return new(column, [], LeftOut + ": always the same date", $"Column '{column.Name}' always has the same date and was left out.");
        PreparedColumn[] columns = [.. column.Parts.Select(part => new PreparedColumn(column, isText: false, part, part == DatePart.Days ? column.Middle : null))];
        string names = string.Join(", ", columns.Select(part => $"'{part.Name}'"));
        string replaced = column.Missing > 0 ? $" {column.Missing} missing ones were replaced by the means." : "";
        return new(column, columns, $"dates, as {names}", $"Column '{column.Name}' holds dates or times like {column.Example}; it became {names}.{replaced}");
    }

    private static ColumnPlan OfCategories(ColumnSummary column, WaysOut ways)
    {
        int levels = column.Distinct + (column.Missing > 0 ? 1 : 0);
        if (levels > MostLevels)
        {
            return new(column, [], "refused", refusal:
                $"column '{column.Name}' is text with more than {MostLevels} distinct values, such as '{column.Example ?? column.Levels.FirstOrDefault()}', too many to encode.{column.Question} Leave it out with {ways.Exclude(column.Name)}, or name the columns to use with {ways.Features}.");
        }

        return new(column, [new(column, isText: true)], Invariant($"one-hot encoded, {levels} values"), $"Column '{column.Name}' is text with {levels} distinct values; it was one-hot encoded.");
    }
}
