namespace GnMlNet.Cli.Tables;

/// <summary>What the cells of a column are.</summary>
internal enum CsvColumnKind
{
    /// <summary>Numbers, in single precision; missing ones are NaN.</summary>
    Number,

    /// <summary>Text; a missing one is empty.</summary>
    Text,
}

/// <summary>A column of a CSV file.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Kind">What its cells are.</param>
internal sealed record CsvColumn(string Name, CsvColumnKind Kind);
