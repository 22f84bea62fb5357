namespace GnMlNet.Preparation;

/// <summary>What a column of a table holds, counted over all rows; it knows no file and no data frame, whose readers fill it cell by cell and then call <see cref="Complete"/>.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="kind">What it holds.</param>
public sealed class ColumnSummary(string name, ColumnKind kind)
{
    /// <summary>Distinct values are counted up to this number; sets of all values would not fit into memory.</summary>
    public const int MostDistinct = 100_000;

    private readonly HashSet<string> _texts = [];
    private HashSet<double> _numbers = [];
    private HashSet<float> _singles = [];
    private int _distinctNumbers;
    private double _previous = double.NaN;
    private bool _isCounting = true;

    /// <summary>The name of the column.</summary>
    public string Name { get; } = name;

    /// <summary>What it holds.</summary>
    public ColumnKind Kind { get; } = kind;

    /// <summary>Whether the table gives it a name; else <see cref="Name"/> stands for its place.</summary>
    public bool HasName { get; init; } = true;

    /// <summary>Of dates the parts that vary; the first of them, or the days where none does, is what <see cref="Add(double)"/> takes.</summary>
    public IReadOnlyList<DatePart> Parts { get; init; } = [];

    /// <summary>A text that is in the column, or how its dates are written; null where none is shown.</summary>
    public string? Example { get; init; }

    /// <summary>Of an undecided column how it can be read and how to settle it; of text what may help to read it as something else; null where there is nothing to say.</summary>
    public string? Question { get; init; }

    /// <summary>How many cells are missing.</summary>
    public int Missing { get; private set; }

    /// <summary>The distinct values that are not missing, counted up to <see cref="MostDistinct"/>.</summary>
    public int Distinct => Kind is ColumnKind.Numbers or ColumnKind.Dates ? _distinctNumbers : _texts.Count;

    /// <summary>The distinct values of a text column, up to <see cref="MostDistinct"/>.</summary>
    public IReadOnlyCollection<string> Levels => _texts;

    /// <summary>The least number, or of dates the first day since 1970; NaN where there is none.</summary>
    public double Least { get; private set; } = double.NaN;

    /// <summary>The greatest number; NaN where there is none.</summary>
    public double Greatest { get; private set; } = double.NaN;

    /// <summary>Whether each number is the one of the row before plus one.</summary>
    public bool Counts => _isCounting && Distinct > 1;

    /// <summary>How many distinct values are lost when they are rounded to single precision.</summary>
    public int MergedInSingle { get; private set; }

    /// <summary>Whether the column is read in double precision, so that an offset can be subtracted before single precision loses digits.</summary>
    internal bool NeedsDouble => MergedInSingle > 0;

    /// <summary>Half way between the least and the greatest number.</summary>
    internal double Middle => Least + ((Greatest - Least) / 2) is var middle && Greatest - Least > 2 ? Math.Round(middle) : middle;

    /// <summary>Of a column that needs double precision, how many distinct values are still lost in single precision when the middle was subtracted before.</summary>
    internal int MergedAroundMiddle { get; private set; }

    /// <summary>Takes a missing cell into account.</summary>
    public void AddMissing()
    {
        Missing++;
        EndCounting();
    }

    /// <summary>Takes a text into account.</summary>
    /// <param name="text">The text.</param>
    public void Add(string text)
    {
        if (_texts.Count < MostDistinct) _texts.Add(text);
        EndCounting();
    }

    /// <summary>Takes a number into account.</summary>
    /// <param name="value">The number, finite.</param>
    public void Add(double value)
    {
        Least = value < Least || double.IsNaN(Least) ? value : Least;
        Greatest = value > Greatest || double.IsNaN(Greatest) ? value : Greatest;
        _isCounting &= double.IsNaN(_previous) || value == _previous + 1;
        _previous = value;
        if (_numbers.Count >= MostDistinct || !_numbers.Add(value)) return;
        _singles.Add((float)value);
    }

    /// <summary>Takes into account that a cell is none that could be counted: the numbers do not count the rows.</summary>
    public void EndCounting() => _isCounting = false;

    /// <summary>Ends the counting, and gives back the room for it.</summary>
    public void Complete()
    {
        (_distinctNumbers, MergedInSingle) = (_numbers.Count, _numbers.Count - _singles.Count);
        if (NeedsDouble) MergedAroundMiddle = _numbers.Count - _numbers.Select(value => (float)(value - Middle)).Distinct().Count();
        (_numbers, _singles) = ([], []);
    }
}
