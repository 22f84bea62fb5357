namespace GnMlNet.Cli.Reading;

/// <summary>A record of a sample of a file.</summary>
/// <param name="Cells">Its cells.</param>
/// <param name="LinesBefore">How many lines there are before it.</param>
internal sealed record TextRecord(string[] Cells, int LinesBefore)
{
    /// <summary>Whether it has more cells than this, all of them empty.</summary>
    internal bool IsPadded(int width) => Cells.Length > width && Cells.AsSpan(width).IndexOfAnyExcept("") < 0;

    /// <summary>How many of its cells are not empty.</summary>
    internal int Filled => Cells.Count(cell => cell.Length > 0);

    /// <summary>Whether any of its cells is a number.</summary>
    internal bool HasNumber => Array.Exists(Cells, IsNumber);

    internal static bool IsNumber(string cell) => new NumberVotes().Add(cell);

    /// <summary>The first records of a text; malformed quotes are left to the reading of the file.</summary>
    internal static List<TextRecord> Read(string text, char delimiter, int skippedLines, int most)
    {
        var reader = new StringReader(text);
        for (int k = 0; k < skippedLines; k++) reader.ReadLine();
        using RecordReader records = RecordReader.Create(reader, delimiter, (_, _) => { });
        var read = new List<TextRecord>();
        for (int line = 0; read.Count < most && records.Read(); line = records.Line)
            read.Add(new TextRecord([.. Enumerable.Range(0, records.Count).Select(k => records[k])], skippedLines + line));
        return read;
    }
}
