namespace GnMlNet.Preparation;

/// <summary>Whether a column can be the label, and what the user should know of it.</summary>
/// <param name="column">The column.</param>
internal sealed class LabelPlan(ColumnSummary column)
{
    internal string Name => column.Name;

    /// <summary>Why it cannot be; or null.</summary>
    internal string? Refusal => column.Kind switch
    {
        ColumnKind.Empty => $"the label column '{Name}' is empty.",
        ColumnKind.Undecided => $"the label column '{Name}': {column.Question}.",
        ColumnKind.Dates => $"the label column '{Name}' holds dates; regression predicts numbers, such as the days since an event.",
        ColumnKind.Texts => $"the label column '{Name}' holds text, such as '{column.Example ?? column.Levels.FirstOrDefault()}'; regression predicts numbers.",
        _ => null,
    };

    internal IEnumerable<string> Notes
    {
        get
        {
            if (column.Missing > 0) yield return $"{column.Missing} rows without a label were left out.";
            if (column.MergedInSingle > 0)
                yield return FormattableString.Invariant($"Label '{Name}': single precision, in which ML.NET predicts, keeps {column.Distinct - column.MergedInSingle} of its {column.Distinct} distinct values apart. Subtract an offset such as {column.Middle:G17} from it and train on the rest.");
        }
    }
}
