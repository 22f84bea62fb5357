namespace GnMlNet.Cli.Reading;

/// <summary>The cells that stand for a value that is not there.</summary>
internal sealed class MissingMarks
{
    private readonly HashSet<string> _marks;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _spans;

    /// <param name="more">Marks beside the usual ones.</param>
    internal MissingMarks(IEnumerable<string> more)
    {
        _marks = new(
            ["", "-", "--", "—", ".", "?", "NA", "N/A", "#N/A", "#NA", "<NA>", "NaN", "-NaN", "None", "null", "nil", "NULL", "#NULL!", "#VALUE!", "#DIV/0!", .. more.Select(mark => mark.Trim())],
            StringComparer.OrdinalIgnoreCase);
        _spans = _marks.GetAlternateLookup<ReadOnlySpan<char>>();
        HaveNumbers = _marks.Any(mark => PlainNumber.TryParse(mark, out _));
    }

    /// <summary>Whether a mark is a plain number, such as -999.</summary>
    internal bool HaveNumbers { get; }

    internal bool Contain(string cell) => _marks.Contains(cell);

    internal bool Contain(ReadOnlySpan<char> cell) => _spans.Contains(cell);
}
