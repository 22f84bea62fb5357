namespace GnMlNet.Cli.Reading;

/// <summary>Whether columns of several files hold the same kind of cells in each, so that a column of numbers does not become text because another file has text there.</summary>
internal static class ColumnKinds
{
    /// <summary>Looks.</summary>
    /// <param name="file">The table.</param>
    /// <param name="matters">Which columns matter, by their names.</param>
    /// <exception cref="UserError">A file has another kind of cells in a column than one before.</exception>
    internal static void Check(TableFile file, Func<string, bool> matters)
    {
        if (file.FileNames.Count == 1) return;
        for (int k = 0; k < file.Header.Count; k++)
        {
            string column = file.Header[k];
            if (!matters(column) || file.Scan.OtherKind(k) is not { } other) continue;
            throw new UserError(
                $"{file.FileNames[other.File]}: column '{column}' holds {other.Kind}{(other.Example is { } example ? $", such as '{example}'" : "")}, but {other.Expected} in {file.FileNames[other.FirstFile]}. Write it alike in all files, leave the column out with --exclude '{column}', or take it for text with --categories '{column}'.");
        }
    }
}
