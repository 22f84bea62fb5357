namespace GnMlNet.Cli.Reading;

/// <summary>Whether a file has the columns that others of the same table have.</summary>
internal static class ColumnNames
{
    /// <summary>Looks.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">The columns of the others.</param>
    /// <param name="of">What one of these is called.</param>
    /// <exception cref="UserError">It has others, or in another order.</exception>
    internal static void Check(TableFile file, IReadOnlyList<string> expected, string of)
    {
        if (file.Header.SequenceEqual(expected)) return;
        string[] lacking = [.. expected.Except(file.Header)], more = [.. file.Header.Except(expected)];
        string what = (lacking.Length, more.Length) switch
        {
            (0, 0) => $"its columns are in another order than those of {of}",
            (_, 0) => $"it lacks {Named(lacking)}, which {of} has",
            (0, _) => $"it has {Named(more)}, which {of} has not",
            _ => $"it lacks {Named(lacking)}, which {of} has, and has {Named(more)} instead",
        };
        throw new UserError($"{file.Path}: {what}. The files of a table have the same columns in the same order: give it the columns {string.Join(", ", expected)}, or leave the file out.");
    }

    private static string Named(string[] columns) => string.Join(", ", columns.Select(column => $"'{column}'"));
}
