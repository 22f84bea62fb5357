namespace GnMlNet.Cli.Reading;

/// <summary>Which notations can read the cells of a column, counted cell by cell.</summary>
internal sealed class NumberVotes
{
    // From the simplest on: the first of those that read the most cells is taken.
    private static readonly NumberNotation[] s_candidates =
    [
        new('.'), new(','), new('.', ','), new(',', '.'), new('.', ' '), new(',', ' '), new('.', '\''), new(',', '\''),
    ];

    private static readonly int[] s_readersOfPoints = [.. Enumerable.Range(0, s_candidates.Length).Where(k => s_candidates[k].DecimalMark == '.')];
    private static readonly int s_readerOfGroups = Array.IndexOf(s_candidates, new NumberNotation(',', '.'));

    private readonly int[] _read = new int[s_candidates.Length];
    private readonly HashSet<char> _currencies = [];
    private int _percents;

    /// <summary>How many cells are numbers in some notation.</summary>
    internal int Count { get; private set; }

    /// <summary>A cell that is one number with a decimal mark and another with a group mark, such as 1,234; null where there is none.</summary>
    internal string? Either { get; private set; }

    /// <summary>The currency signs of its cells.</summary>
    internal IReadOnlyCollection<char> Currencies => _currencies;

    /// <summary>Counts a cell.</summary>
    /// <returns>Whether it is a number in some notation.</returns>
    internal bool Add(string cell)
    {
        if (!NumberAffixes.TrySplit(cell, out NumberAffixes affixes, out ReadOnlySpan<char> digits)) return false;
        if (!digits.ContainsAnyExceptInRange('0', '9') && digits.Length > 0)
        {
            for (int k = 0; k < _read.Length; k++) _read[k]++;
            return CountNumber(affixes);
        }

        int readers = 0;
        double plain = double.NaN;
        bool differs = false;
        for (int k = 0; k < s_candidates.Length; k++)
        {
            if (!s_candidates[k].TryParseDigits(digits, out double value)) continue;
            _read[k]++;
            differs |= readers > 0 && value != plain;
            plain = value;
            readers++;
        }

        if (readers == 0) return false;
        if (differs) Either ??= cell;
        return CountNumber(affixes);
    }

    /// <summary>Counts plain numbers.</summary>
    /// <param name="form">Their form.</param>
    /// <param name="count">How many there are.</param>
    internal void AddPlain(PlainForm form, int count)
    {
        Count += count;
        for (int k = 0; k < _read.Length; k++)
        {
            bool reads = form is PlainForm.Whole or PlainForm.Unpointed || s_readersOfPoints.Contains(k) || (form == PlainForm.Grouped && k == s_readerOfGroups);
            if (reads) _read[k] += count;
        }
    }

    /// <summary>Takes note of a plain number that can be one of thousands.</summary>
    internal void NoteGrouped(string cell) => Either ??= cell;

    /// <summary>The decimal mark that the column settles by itself; null where its cells have none, or can be read either way.</summary>
    internal char? SettledMark()
    {
        char[] marks = [.. s_candidates.Where((_, k) => _read[k] == _read.Max()).Select(candidate => candidate.DecimalMark).Distinct()];
        return marks.Length == 1 ? marks[0] : null;
    }

    /// <summary>The notation that reads the most cells.</summary>
    /// <param name="mark">The decimal mark, where it is known; else the simplest notation wins.</param>
    internal NumberNotation Choose(char? mark)
    {
        int[] allowed = [.. Enumerable.Range(0, s_candidates.Length).Where(k => mark is null || s_candidates[k].DecimalMark == mark)];
        int most = allowed.Max(k => _read[k]);
        return s_candidates[allowed.First(k => _read[k] == most)] with { IsPercent = 2 * _percents > Count };
    }

    private bool CountNumber(NumberAffixes affixes)
    {
        Count++;
        if (affixes.HasPercent) _percents++;
        if (affixes.Currency != '\0') _currencies.Add(affixes.Currency);
        return true;
    }
}
