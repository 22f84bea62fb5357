namespace GnMlNet.Cli.Reading;

/// <summary>Finds the names of the columns: below a title, in one line or two, or nowhere.</summary>
internal static class HeaderDetection
{
    // A column of numbers has at least this share of them below its name.
    private const double NumberShare = 0.9;

    /// <summary>The index of the first record that is neither a title nor a comment.</summary>
    /// <param name="records">At least one record.</param>
    /// <param name="width">How many cells most records have.</param>
    /// <param name="label">A column that must be there, or null.</param>
    internal static int FirstRecord(IReadOnlyList<TextRecord> records, int width, string? label)
    {
        for (int i = 0; i < records.Count - 1; i++)
        {
            TextRecord record = records[i];
            if (label is not null && record.Cells.Contains(label)) return i;
            if (!IsTitle(record, records[i + 1], width) && !IsComment(record, records[i + 1], width)) return i;
        }

        int last = records.Count - 1;
        return IsShort(records[last], width) ? 0 : last;
    }

    /// <param name="delimiter">The delimiter.</param>
    /// <param name="records">The first records of the file.</param>
    /// <param name="first">The first one that counts.</param>
    /// <param name="width">How many cells most records have.</param>
    /// <param name="announcedLines">The lines that announce the delimiter.</param>
    /// <param name="settings">What the user said.</param>
    /// <param name="label">A column that must be there, or null.</param>
    internal static CsvDialect Detect(char delimiter, IReadOnlyList<TextRecord> records, int first, int width, int announcedLines, ReadingSettings settings, string? label)
    {
        var notes = new List<string>();
        int skipped = records[first].LinesBefore;
        if (skipped > announcedLines) notes.Add(skipped == announcedLines + 1 ? $"Line {skipped} is no part of the table and was skipped." : $"The lines before line {skipped + 1} are no part of the table and were skipped.");
        TextRecord[] rows = [.. records.Skip(first + 1)];
        string[] header = records[first].Cells;
        if (settings.HasNoHeader || IsRow(header, label))
        {
            string[] numbered = [.. Enumerable.Range(1, header.Length).Select(k => $"column {k}")];
            notes.Add($"There is no header; the columns are called '{numbered[0]}' to '{numbered[^1]}'.");
            return new CsvDialect(delimiter, skipped, 0, [.. header.Select(_ => "")], numbered, notes);
        }

        if (header[0].StartsWith('#')) header = [header[0][1..].Trim(), .. header[1..]];
        if (header[0].Length == 0 && header.Length == width + 1) header = header[1..];
        header = Widened(header, rows, width);
        int headers = 1;
        if (rows.Length > 1 && IsSecondHeader(rows, header.Length))
        {
            headers = 2;
            bool namesAreWhole = header.All(name => name.Length > 0) && header.Distinct().Count() == header.Length;
            if (namesAreWhole) notes.Add($"Line {rows[0].LinesBefore + 1} was taken as units: {string.Join(", ", rows[0].Cells)}.");
            else header = [.. header.Zip(rows[0].Cells, (name, more) => $"{name} {more}".Trim())];
        }

        return new CsvDialect(delimiter, skipped, headers, header, Names(header, notes), notes);
    }

    private static bool IsShort(TextRecord record, int width) => record.Cells.Length < width && record.Filled <= 1;

    // A title has fewer cells than the table, or one cell and then nothing; what follows is more.
    private static bool IsTitle(TextRecord record, TextRecord next, int width)
    {
        if (width < 2 || record.HasNumberOnly()) return false;
        if (record.Cells.Length == width) return width > 2 && record.Filled == 1 && record.Cells[0].Length > 0 && next.Filled > 1 && !next.HasNumber;
        // One name less than cells in a row: the first column is one of row names, as R writes it.
        if (record.Cells.Length == width - 1 && width > 2 && next.Cells.Length == width && next.HasNumber) return false;
        return record.Cells.Length < width;
    }

    private static bool IsComment(TextRecord record, TextRecord next, int width) =>
        record.Cells[0].StartsWith('#') && (record.Cells.Length < width || next.Cells[0].StartsWith('#') || !next.HasNumber);

    // All cells are numbers: nobody calls columns so, unless the label is among them.
    private static bool IsRow(string[] header, string? label) =>
        (label is null || !header.Contains(label)) && Array.Exists(header, cell => cell.Length > 0) && Array.TrueForAll(header, cell => cell.Length == 0 || TextRecord.IsNumber(cell));

    // Where rows have one cell more than the header: an empty one at the end of each, or the names of the rows in front.
    private static string[] Widened(string[] header, TextRecord[] rows, int width)
    {
        if (rows.Length == 0 || header.Length != width - 1) return header;
        TextRecord[] full = [.. rows.Where(row => row.Cells.Length == width)];
        return full.All(row => row.Cells[^1].Length == 0) ? [.. header, ""] : ["", .. header];
    }

    // Nothing but text where numbers follow, and text that does not come again.
    private static bool IsSecondHeader(TextRecord[] rows, int width)
    {
        string[] second = rows[0].Cells;
        TextRecord[] below = [.. rows.Skip(1).Where(row => row.Cells.Length >= width)];
        if (second.Length != width || below.Length == 0 || rows[0].HasNumber) return false;
        bool IsOfNumbers(int k) => below.Count(row => TextRecord.IsNumber(row.Cells[k])) >= NumberShare * below.Length;
        int[] numbers = [.. Enumerable.Range(0, width).Where(IsOfNumbers)];
        var usual = new MissingMarks([]);
        return numbers.Any(k => !usual.Contain(second[k])) && numbers.All(k => second[k].Length == 0 || !below.Any(row => row.Cells[k] == second[k]));
    }

    private static string[] Names(string[] header, List<string> notes)
    {
        var names = new string[header.Length];
        var taken = new HashSet<string>(header.Where(name => name.Length > 0));
        var seen = new HashSet<string>();
        for (int k = 0; k < header.Length; k++)
        {
            string name = header[k].Length > 0 ? header[k] : $"column {k + 1}";
            string free = name;
            if (header[k].Length > 0 ? !seen.Add(name) : !taken.Add(name))
            {
                int number = 1;
                while (!taken.Add(free = $"{name}.{number}")) number++;
                notes.Add($"Two columns are named '{name}'; the one in place {k + 1} is called '{free}' here.");
            }

            names[k] = free;
        }

        return names;
    }

    private static bool HasNumberOnly(this TextRecord record) => record.Filled > 0 && record.Cells.All(cell => cell.Length == 0 || TextRecord.IsNumber(cell));
}
