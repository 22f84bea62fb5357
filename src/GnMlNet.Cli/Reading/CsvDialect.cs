namespace GnMlNet.Cli.Reading;

/// <summary>How the records of a file are laid out.</summary>
/// <param name="Delimiter">Between two cells; a space means runs of spaces and tabs.</param>
/// <param name="SkippedLines">The lines before the first record that counts: a title, comments, an announcement of the delimiter.</param>
/// <param name="HeaderRecords">How many records name the columns: none, one, or two where the second has units or the rest of the names.</param>
/// <param name="Header">The cells of the header as they are written, one for each cell of a row; empty where a column has no name.</param>
/// <param name="Names">The names that the columns go by, all different.</param>
/// <param name="Notes">What the user should know about it.</param>
internal sealed record CsvDialect(char Delimiter, int SkippedLines, int HeaderRecords, IReadOnlyList<string> Header, IReadOnlyList<string> Names, IReadOnlyList<string> Notes);
