namespace GnMlNet.Cli.Reading;

/// <summary>The cells that stand for a value that is not there.</summary>
/// <param name="more">Marks beside the usual ones.</param>
internal sealed class MissingMarks(IEnumerable<string> more)
{
    private readonly HashSet<string> _marks = new(
        ["", "-", "--", "—", ".", "?", "NA", "N/A", "#N/A", "#NA", "<NA>", "NaN", "-NaN", "None", "null", "nil", "NULL", "#NULL!", "#VALUE!", "#DIV/0!", .. more.Select(mark => mark.Trim())],
        StringComparer.OrdinalIgnoreCase);

    internal bool Contain(string cell) => _marks.Contains(cell);
}
