namespace GnMlNet.Cli.Reading;

/// <summary>The cells of a column in some rows in succession: plain numbers as such, whatever else there is as text, each text once.</summary>
/// <param name="capacity">How many rows there can be.</param>
internal sealed class ColumnCells(int capacity)
{
    private readonly double[] _numbers = new double[capacity];
    private readonly int[] _forms = new int[Enum.GetValues<PlainForm>().Length];
    private Dictionary<string, int>? _places;
    private List<string> _texts = [];

    // For every row 0 for a number, else the place of its text, counted from 1.
    private int[]? _codes;

    /// <summary>The plain numbers; 0 in other rows.</summary>
    internal ReadOnlySpan<double> Numbers => _numbers;

    /// <summary>For every row 0 for a plain number, else the place of its text among all, counted from 1; nothing where all are numbers.</summary>
    internal ReadOnlySpan<int> Codes => _codes;

    /// <summary>The texts that are no plain numbers, each once, in the order of their first appearance.</summary>
    internal IReadOnlyList<string> Texts => _texts;

    /// <summary>The bytes that its numbers and codes take.</summary>
    internal long Bytes => ((long)_numbers.Length * sizeof(double)) + ((_codes?.Length ?? 0L) * sizeof(int));

    /// <summary>The first cell such as 1.234 and its row.</summary>
    internal (int Row, string Cell)? FirstGrouped { get; private set; }

    /// <summary>The fingerprint of all its cells.</summary>
    internal ulong Cells { get; private set; } = Fingerprint.Empty;

    /// <summary>How many plain numbers are of a form.</summary>
    internal int Count(PlainForm form) => _forms[(int)form];

    /// <summary>Adds a plain number.</summary>
    internal void Add(int row, PlainNumber number, ReadOnlySpan<char> cell, ulong fingerprint)
    {
        Cells = Fingerprint.With(Cells, fingerprint);
        _numbers[row] = number.Value;
        _forms[(int)number.Form]++;
        if (number.Form == PlainForm.Grouped && FirstGrouped is null) FirstGrouped = (row, cell.ToString());
    }

    /// <summary>Adds any other cell.</summary>
    internal void Add(int row, ReadOnlySpan<char> cell, ulong fingerprint)
    {
        Cells = Fingerprint.With(Cells, fingerprint);
        _codes ??= new int[_numbers.Length];
        _places ??= [];
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> places = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!places.TryGetValue(cell, out int place))
        {
            _texts.Add(cell.ToString());
            _places.Add(_texts[^1], place = _texts.Count);
        }

        _codes[row] = place;
    }

    /// <summary>Replaces the places of its own texts by those among the texts of the whole column, and forgets its own.</summary>
    /// <param name="places">For each of its texts the place among all, counted from 1.</param>
    internal void Renumber(int[] places)
    {
        if (_codes is null) return;
        foreach (ref int code in _codes.AsSpan())
        {
            if (code > 0) code = places[code - 1];
        }

        (_places, _texts) = (null, []);
    }
}
