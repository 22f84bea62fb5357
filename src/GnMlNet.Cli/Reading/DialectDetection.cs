namespace GnMlNet.Cli.Reading;

/// <summary>Finds out how the records of a file are laid out: of all delimiters the one that gives every line the same number of cells, splits the label off and leaves numbers between.</summary>
internal static class DialectDetection
{
    // Enough characters to tell; a record that is cut off at the end is left out.
    private const int SampledCharacters = 1 << 17;
    private const int MostRecords = 500;

    // In the order of preference where nothing else tells.
    private static readonly char[] s_delimiters = [',', ';', '\t', '|'];

    /// <param name="file">The file.</param>
    /// <param name="settings">What the user said.</param>
    /// <param name="label">A column that must be there, or null.</param>
    /// <exception cref="UserError">The file is empty.</exception>
    internal static CsvDialect Detect(TextFile file, ReadingSettings settings, string? label)
    {
        string sample = Sample(file, out bool isWhole);
        int announcedLines = 0;
        char? delimiter = settings.Delimiter;
        if (Announced(sample) is { } announced)
        {
            delimiter ??= announced;
            announcedLines = 1;
        }

        Candidate[] candidates = delimiter is { } known
            ? [Candidate.Of(known, sample, isWhole, announcedLines, label)]
            : [.. s_delimiters.Select(each => Candidate.Of(each, sample, isWhole, announcedLines, label))];
        if (delimiter is null && !Array.Exists(candidates, candidate => candidate.IsUniform && (label is null || candidate.HasLabel)))
            candidates = [.. candidates, Candidate.Of(' ', sample, isWhole, announcedLines, label)];
        Candidate best = candidates.OrderByDescending(candidate => candidate.Rank).First();
        if (best.Records.Count == 0) throw new UserError($"{file.Name}: the file is empty; the first line must name the columns.");
        return HeaderDetection.Detect(best.Delimiter, best.Records, best.FirstRecord, best.Width, announcedLines, settings, label);
    }

    private static string Sample(TextFile file, out bool isWhole)
    {
        using StreamReader reader = file.OpenReader();
        var buffer = new char[SampledCharacters];
        int read = reader.ReadBlock(buffer);
        isWhole = read < buffer.Length;
        return new string(buffer, 0, read);
    }

    // "sep=;" in the first line, as spreadsheets write and read it.
    private static char? Announced(string sample)
    {
        string first = sample.AsSpan().TrimStart('\uFEFF')[..Math.Min(8, sample.Length)].ToString();
        if (!first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || first.Length < 5) return null;
        return first[4] is '\r' or '\n' ? null : first[4];
    }

    /// <summary>What a delimiter makes of the sample.</summary>
    private sealed record Candidate(char Delimiter, IReadOnlyList<TextRecord> Records, int FirstRecord, int Width, double UniformShare, double NumberShare, bool HasLabel)
    {
        internal bool IsUniform => Width > 1 && UniformShare == 1;

        internal (bool, bool, int, double, int) Rank => (HasLabel, Width > 1, UniformShare == 1 ? 2 : UniformShare >= 0.9 ? 1 : 0, Math.Round(NumberShare, 1), Width);

        internal static Candidate Of(char delimiter, string sample, bool isWhole, int skippedLines, string? label)
        {
            List<TextRecord> records = TextRecord.Read(sample, delimiter, skippedLines, MostRecords);
            if (!isWhole && records.Count > 1 && records.Count < MostRecords) records.RemoveAt(records.Count - 1);
            if (records.Count == 0) return new(delimiter, records, 0, 0, 0, 0, HasLabel: false);
            int width = records.GroupBy(record => record.Cells.Length).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;
            int first = HeaderDetection.FirstRecord(records, width, label);
            TextRecord[] rows = [.. records.Skip(first)];
            bool hasLabel = label is not null && rows.Take(2).Any(record => record.Cells.Contains(label) || record.Cells.Contains($"#{label}"));
            string[] cells = [.. rows.Skip(1).SelectMany(record => record.Cells)];
            int numbers = cells.Count(cell => cell.Length == 0 || TextRecord.IsNumber(cell));
            return new(
                delimiter, records, first, width, rows.Average(record => record.Cells.Length == width || record.IsPadded(width) ? 1.0 : 0.0), cells.Length == 0 ? 0 : numbers / (double)cells.Length, hasLabel);
        }
    }
}
