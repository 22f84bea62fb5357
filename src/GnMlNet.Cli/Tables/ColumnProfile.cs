using GnMlNet.Cli.Reading;

namespace GnMlNet.Cli.Tables;

/// <summary>What a column of a file holds, counted over all rows.</summary>
internal sealed class ColumnProfile
{
    // Beyond so many distinct values "more than" is said; sets of all values would not fit into memory.
    internal const int MostDistinct = 100_000;

    private readonly HashSet<string> _texts = [];
    private HashSet<double> _numbers = [];
    private HashSet<float> _singles = [];
    private int _distinctNumbers;
    private readonly CsvFile _file;
    private readonly NumberSource? _source;
    private double _previous = double.NaN;
    private bool _isCounting = true;

    internal ColumnProfile(CsvFile file, int index, ColumnNotation notation)
    {
        (_file, Index, Notation) = (file, index, notation);
        _source = notation switch
        {
            ColumnNotation.Numbers numbers => new NumberSource.Written(index, file.Missing, numbers.Notation),
            ColumnNotation.Dates dates => new NumberSource.PartOfDate(index, file.Missing, dates.Notation, dates.Parts.Count > 0 ? dates.Parts[0] : DatePart.Days),
            _ => null,
        };
    }

    internal int Index { get; }

    /// <summary>How its cells are read.</summary>
    internal ColumnNotation Notation { get; }

    internal string Name => Notation.Name;

    /// <summary>How many cells are missing.</summary>
    internal int Missing { get; private set; }

    /// <summary>How many cells of a column of numbers or dates are neither, nor missing.</summary>
    internal int Faults { get; private set; }

    /// <summary>The first of these and its line.</summary>
    internal (string Cell, int Line)? FirstFault { get; private set; }

    /// <summary>The distinct values that are not missing, counted up to <see cref="MostDistinct"/>.</summary>
    internal int Distinct => _source is null ? _texts.Count : _distinctNumbers;

    /// <summary>The distinct values of a text column, up to <see cref="MostDistinct"/>.</summary>
    internal IReadOnlyCollection<string> Levels => _texts;

    /// <summary>The least number, or of dates the first day since 1970; NaN where there is none.</summary>
    internal double Least { get; private set; } = double.NaN;

    /// <summary>The greatest number.</summary>
    internal double Greatest { get; private set; } = double.NaN;

    /// <summary>Whether each number is the one of the row before plus one.</summary>
    internal bool Counts => _isCounting && Distinct > 1;

    /// <summary>How many distinct values are lost when they are rounded to single precision.</summary>
    internal int MergedInSingle { get; private set; }

    /// <summary>Two columns with the same cells have the same; others practically never.</summary>
    internal ulong Fingerprint => _file.Scan.FingerprintOf(Index);

    /// <summary>Whether the column is read in double precision, so that an offset can be subtracted before single precision loses digits.</summary>
    internal bool NeedsDouble => MergedInSingle > 0;

    /// <summary>Half way between the least and the greatest number.</summary>
    internal double Middle => Least + ((Greatest - Least) / 2) is var middle && Greatest - Least > 2 ? Math.Round(middle) : middle;

    /// <summary>Of a column that needs double precision, how many distinct values are still lost in single precision when the middle was subtracted before.</summary>
    internal int MergedAroundMiddle { get; private set; }

    /// <summary>Whether what was kept of the file is all that it takes.</summary>
    internal bool IsKept(KeptCells cells) => _source?.IsKept(cells) ?? cells.HaveTexts(Index);

    /// <summary>Takes the cell of the current row into account.</summary>
    internal void Add(CsvFile.Reader reader, MissingMarks marks)
    {
        if (_source is not null && _source.TryGetPlain(reader, out double plain))
        {
            AddNumberOrFault(reader, plain);
            return;
        }

        string cell = reader[Index];
        if (marks.Contain(cell))
        {
            Missing++;
            _isCounting = false;
        }
        else if (_source is null)
        {
            if (_texts.Count < MostDistinct) _texts.Add(cell);
            _isCounting = false;
        }
        else
        {
            AddNumberOrFault(reader, _source.TryParse(cell, out double value) ? value : double.NaN);
        }
    }

    /// <summary>Ends the counting, and gives back the room for it.</summary>
    internal void End()
    {
        (_distinctNumbers, MergedInSingle) = (_numbers.Count, _numbers.Count - _singles.Count);
        if (NeedsDouble) MergedAroundMiddle = _numbers.Count - _numbers.Select(value => (float)(value - Middle)).Distinct().Count();
        (_numbers, _singles) = ([], []);
    }

    private void AddNumberOrFault(CsvFile.Reader reader, double value)
    {
        if (double.IsFinite(value))
        {
            AddNumber(value);
            return;
        }

        Faults++;
        FirstFault ??= (reader[Index], reader.Line);
        _isCounting = false;
    }

    private void AddNumber(double value)
    {
        Least = value < Least || double.IsNaN(Least) ? value : Least;
        Greatest = value > Greatest || double.IsNaN(Greatest) ? value : Greatest;
        _isCounting &= double.IsNaN(_previous) || value == _previous + 1;
        _previous = value;
        if (_numbers.Count >= MostDistinct || !_numbers.Add(value)) return;
        _singles.Add((float)value);
    }
}
