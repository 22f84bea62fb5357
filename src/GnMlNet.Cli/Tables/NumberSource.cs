using GnMlNet.Cli.Reading;
using GnMlNet.Preparation;

namespace GnMlNet.Cli.Tables;

/// <summary>Where the numbers of a column come from: cells of a file, or a part of the dates in them.</summary>
/// <param name="Index">The column of the file.</param>
/// <param name="Missing">Which cells are missing.</param>
internal abstract record NumberSource(int Index, MissingMarks Missing)
{
    private const string MissingAdvice = "write NA for a missing value, or name the mark of missing values with --missing";

    /// <summary>The number in the current row; NaN where it is missing.</summary>
    /// <exception cref="UserError">The cell is not a finite number.</exception>
    internal double Read(TableFile.Reader reader)
    {
        if (!TryGetPlain(reader, out double value))
        {
            string cell = reader[Index];
            if (Missing.Contain(cell)) return double.NaN;
            if (!TryParse(cell, out value)) throw reader.BadCell(Index, Fault);
        }

        return double.IsInfinity(value) ? throw reader.BadCell(Index, $"is not finite. Correct it, or {MissingAdvice}.") : value;
    }

    /// <summary>Whether what is known of cells has all of it.</summary>
    internal abstract bool IsKnown(IKnownCells cells);

    /// <summary>The number in the current row where it was kept as such; it may be infinite.</summary>
    internal virtual bool TryGetPlain(TableFile.Reader reader, out double value) => reader.TryGetPlain(Index, out value);

    /// <summary>Reads a cell that is not missing; the value may be infinite.</summary>
    internal abstract bool TryParse(string cell, out double value);

    /// <summary>What is wrong with a cell that cannot be read.</summary>
    protected abstract string Fault { get; }

    /// <summary>The numbers of rows of a file in order, as they are read; NaN where they are missing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="keep">Which rows, by number from 0; null for all.</param>
    /// <exception cref="UserError">A cell is not a finite number.</exception>
    internal IEnumerable<double> ReadAll(TableFile file, Func<int, bool>? keep = null)
    {
        using TableFile.Reader reader = file.Read(IsKnown);
        for (int row = 0; reader.MoveNext(); row++)
        {
            if (keep is null || keep(row)) yield return Read(reader);
        }
    }

    /// <summary>The number in the current row, rounded; NaN where it is missing.</summary>
    /// <exception cref="UserError">The cell is not a number that single precision can hold.</exception>
    internal float ReadSingle(TableFile.Reader reader)
    {
        float value = (float)Read(reader);
        return float.IsInfinity(value) ? throw reader.BadCell(Index, "is beyond the largest number in single precision, 3.4e38. Use another unit.") : value;
    }

    /// <summary>Numbers as they are written.</summary>
    /// <param name="Index">The column of the file.</param>
    /// <param name="Missing">Which cells are missing.</param>
    /// <param name="Notation">How they are written.</param>
    internal sealed record Written(int Index, MissingMarks Missing, NumberNotation Notation) : NumberSource(Index, Missing)
    {
        internal override bool IsKnown(IKnownCells cells) => cells.HaveNumbers(Index, Notation);

        internal override bool TryParse(string cell, out double value) => Notation.TryParse(cell, out value);

        protected override string Fault => $"is not a number. Correct it, {MissingAdvice}; where the numbers are codes, name the column with --categories.";
    }

    /// <summary>A part of the dates of a column.</summary>
    /// <param name="Index">The column of the file.</param>
    /// <param name="Missing">Which cells are missing.</param>
    /// <param name="Notation">How dates are written.</param>
    /// <param name="Part">Which part.</param>
    internal sealed record PartOfDate(int Index, MissingMarks Missing, DateNotation Notation, DatePart Part) : NumberSource(Index, Missing)
    {
        internal override bool IsKnown(IKnownCells cells) => cells.HaveTexts(Index);

        // A plain number is no date.
        internal override bool TryGetPlain(TableFile.Reader reader, out double value)
        {
            bool isDate = reader.TryGetTime(Index, out DateTimeOffset time);
            value = isDate ? DateParts.Of(time, Part) : double.NaN;
            return isDate;
        }

        internal override bool TryParse(string cell, out double value)
        {
            bool isDate = Notation.TryParse(cell, out DateTimeOffset time);
            value = isDate ? DateParts.Of(time, Part) : double.NaN;
            return isDate;
        }

        protected override string Fault => $"is not a date like {Notation.Name}, as the others are. Correct it, or {MissingAdvice}.";
    }
}
