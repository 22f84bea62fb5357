using GnMlNet.Preparation;

namespace GnMlNet.Cli.Reading;

/// <summary>Which ways to write dates can read the cells of a column, counted cell by cell.</summary>
internal sealed class DateVotes
{
    private readonly int[] _read = new int[DateNotation.All.Count];
    private readonly VaryingDateParts[] _parts = [.. DateNotation.All.Select(_ => new VaryingDateParts())];

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
            _parts[k].Add(time);
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
    internal IReadOnlyList<DatePart> VaryingParts(DateNotation notation) => _parts[IndexOf(notation)].List(notation.HasDate);

    private static int IndexOf(DateNotation notation) => DateNotation.All.Index().First(at => at.Item == notation).Index;
}
