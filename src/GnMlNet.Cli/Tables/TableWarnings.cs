using GnMlNet.Cli.Reading;
using GnMlNet.Core.Data;

namespace GnMlNet.Cli.Tables;

/// <summary>What is worth a second look in a table before a model is trained on it.</summary>
internal static class TableWarnings
{
    // With fewer distinct values than this two columns can be equal by chance.
    private const int FewValues = 3;

    /// <param name="profile">The table.</param>
    /// <param name="label">The label; null where it is not known.</param>
    internal static IEnumerable<string> Of(FileProfile profile, string? label)
    {
        foreach (ColumnProfile column in profile.Columns)
        {
            if (column.Notation is ColumnNotation.Empty or ColumnNotation.NoCells) continue;
            foreach (string warning in OfColumn(profile, column)) yield return $"Column '{column.Name}' {warning}.";
        }

        if (label is not null)
        {
            foreach (string warning in OfLabel(profile, label)) yield return warning;
        }

        if (profile.RepeatedRows is > 0 and var copies) yield return $"{copies} of {profile.RowCount} rows are copies of others; in a test they would be known already.";
    }

    private static IEnumerable<string> OfColumn(FileProfile profile, ColumnProfile column)
    {
        if (column.Notation is ColumnNotation.Undecided undecided) yield return $"is not settled: {undecided.Question}";
        if (column.Content.Distinct == 1 && column.Content.Missing == 0) yield return "is constant, so nothing depends on it";
        if (column.Content.Counts && profile.RowCount > FewValues) yield return "counts the rows, like an index; leave it out with --exclude if it is one";
        if (Twin(profile, column) is { } twin) yield return $"is the same as '{twin.Name}' in every row";
        if (column.FirstFault is { } fault) yield return $"has {column.Faults} {(column.Faults == 1 ? "cell that is" : "cells that are")} no {(column.Notation is ColumnNotation.Dates ? "date" : "number")}, first '{fault.Cell}' in {fault.Place}; if that stands for a missing value, say --missing '{fault.Cell}'";
        if (column.Notation is ColumnNotation.Texts && profile.File.Scan.Dates(column.Index) > 0) yield return $"is text, though {profile.File.Scan.Dates(column.Index)} of its cells are dates; written alike, such as 2024-12-31, they are read as dates";
        if (column.Notation is ColumnNotation.Numbers && column.Content.MergedInSingle > 0) yield return $"has {column.Content.Distinct} distinct values, of which rounding to single precision would merge {column.Content.MergedInSingle}; as a feature it is read in double precision and an offset subtracted";
    }

    private static IEnumerable<string> OfLabel(FileProfile profile, string label)
    {
        ColumnProfile column = profile[label];
        if (column.Notation is not ColumnNotation.Numbers numbers) yield break;
        if (column.Content.Missing > 0) yield return $"{column.Content.Missing} of {profile.RowCount} rows have no label; training leaves them out.";
        int outliers = LabelOutliers.Measure(Numbers(profile.File, new NumberSource.Written(column.Index, profile.File.Missing, numbers.Notation))).Count;
        if (outliers > 0) yield return $"{outliers} labels are more than {LabelOutliers.Reach} robust deviations from the median; look at them, or train with --loss huber, which trusts such rows less.";
    }

    private static double[] Numbers(TableFile file, NumberSource source)
    {
        var numbers = new List<double>();
        using TableFile.Reader reader = file.Read(source.IsKnown);
        while (reader.MoveNext())
        {
            bool isNumber = source.TryGetPlain(reader, out double number) || (reader[source.Index] is var cell && !file.Missing.Contain(cell) && source.TryParse(cell, out number));
            if (isNumber && double.IsFinite(number)) numbers.Add(number);
        }

        return [.. numbers];
    }

    private static ColumnProfile? Twin(FileProfile profile, ColumnProfile column) =>
        column.Content.Distinct < FewValues ? null : profile.Columns.Take(column.Index).FirstOrDefault(other => other.Fingerprint == column.Fingerprint && other.Content.Missing == column.Content.Missing);
}
