namespace GnMlNet.Cli.Reading;

/// <summary>Which ways to write dates can read the cells of a column, counted cell by cell.</summary>
internal sealed class DateVotes
{
    private readonly int[] _read = new int[DateNotation.All.Count];
    private readonly HashSet<double>[] _clocks = [.. DateNotation.All.Select(_ => new HashSet<double>())];
    private readonly HashSet<double>[] _days = [.. DateNotation.All.Select(_ => new HashSet<double>())];
    private readonly HashSet<DayOfWeek>[] _weekdays = [.. DateNotation.All.Select(_ => new HashSet<DayOfWeek>())];

    /// <summary>How many cells are dates in some notation.</summary>
    internal int Count { get; private set; }

    /// <returns>Whether the cell is a date in some notation.</returns>
    internal bool Add(string cell)
    {
        // A date has a digit, and none is this long.
        if (cell.Length > 40 || !cell.Any(char.IsAsciiDigit)) return false;
        bool isDate = false;
        for (int k = 0; k < _read.Length; k++)
        {
            if (!DateNotation.All[k].TryParse(cell, out DateTimeOffset time)) continue;
            isDate = true;
            _read[k]++;
            AddTo(_clocks[k], time.TimeOfDay.TotalHours);
            AddTo(_days[k], time.UtcDateTime.Date.Ticks);
            _weekdays[k].Add(time.DayOfWeek);
        }

        if (isDate) Count++;
        return isDate;
    }

    /// <summary>The notations that read the most cells.</summary>
    internal IReadOnlyList<DateNotation> Best()
    {
        int most = _read.Max();
        return [.. DateNotation.All.Where((_, k) => most > 0 && _read[k] == most)];
    }

    /// <summary>How many cells a notation reads.</summary>
    internal int ReadBy(DateNotation notation) => _read[IndexOf(notation)];

    /// <summary>The parts that vary.</summary>
    internal IReadOnlyList<DatePart> VaryingParts(DateNotation notation)
    {
        int k = IndexOf(notation);
        var parts = new List<DatePart>();
        if (notation.HasDate && _days[k].Count > 1) parts.Add(DatePart.Days);
        if (_clocks[k].Count > 1) parts.Add(DatePart.Hour);
        if (notation.HasDate && _weekdays[k].Count > 1) parts.Add(DatePart.Weekday);
        return parts;
    }

    private static int IndexOf(DateNotation notation) => DateNotation.All.Index().First(at => at.Item == notation).Index;

    // Whether there are two is all that is asked.
    private static void AddTo(HashSet<double> values, double value)
    {
        if (values.Count < 2) values.Add(value);
    }
}
