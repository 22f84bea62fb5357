using GnMlNet.Cli.Reading;
using GnMlNet.Preparation;

namespace GnMlNet.Cli.Tables;

/// <summary>What a column of a file holds, counted over all rows.</summary>
internal sealed class ColumnProfile
{
    private readonly TableFile _file;
    private readonly NumberSource? _source;

    internal ColumnProfile(TableFile file, int index, ColumnNotation notation)
    {
        (_file, Index, Notation) = (file, index, notation);
        _source = notation switch
        {
            ColumnNotation.Numbers numbers => new NumberSource.Written(index, file.Missing, numbers.Notation),
            ColumnNotation.Dates dates => new NumberSource.PartOfDate(index, file.Missing, dates.Notation, dates.Parts.Count > 0 ? dates.Parts[0] : DatePart.Days),
            _ => null,
        };
        Content = Summarize(notation);
    }

    internal int Index { get; }

    /// <summary>How its cells are read.</summary>
    internal ColumnNotation Notation { get; }

    /// <summary>What is in it, as the plan for the table asks.</summary>
    internal ColumnSummary Content { get; }

    internal string Name => Notation.Name;

    /// <summary>How many cells of a column of numbers or dates are neither, nor missing.</summary>
    internal int Faults { get; private set; }

    /// <summary>The first of these, and where it is.</summary>
    internal (string Cell, string Place)? FirstFault { get; private set; }

    /// <summary>Two columns with the same cells have the same; others practically never.</summary>
    internal ulong Fingerprint => _file.Scan.FingerprintOf(Index);

    /// <summary>Whether what is known of its cells is all that it takes.</summary>
    internal bool IsKnown(IKnownCells cells) => _source?.IsKnown(cells) ?? cells.HaveTexts(Index);

    /// <summary>How a column of the plan is read from the file.</summary>
    internal FileColumn Read(PreparedColumn prepared)
    {
        if (prepared.IsText) return new FileColumn.Text(prepared.Name, Index);
        NumberSource source = prepared.Part is { } part && Notation is ColumnNotation.Dates dates ? new NumberSource.PartOfDate(Index, _file.Missing, dates.Notation, part) : _source!;
        return prepared.Offset is null ? new FileColumn.Single(prepared.Name, source) : new FileColumn.Double(prepared.Name, source);
    }

    /// <summary>Takes the cell of the current row into account.</summary>
    internal void Add(TableFile.Reader reader, MissingMarks marks)
    {
        if (_source is not null && _source.TryGetPlain(reader, out double plain))
        {
            AddNumberOrFault(reader, plain);
            return;
        }

        string cell = reader[Index];
        if (marks.Contain(cell)) Content.AddMissing();
        else if (_source is null) Content.Add(cell);
        else AddNumberOrFault(reader, _source.TryParse(cell, out double value) ? value : double.NaN);
    }

    /// <summary>Ends the counting, and gives back the room for it.</summary>
    internal void End() => Content.Complete();

    private void AddNumberOrFault(TableFile.Reader reader, double value)
    {
        if (double.IsFinite(value))
        {
            Content.Add(value);
            return;
        }

        Faults++;
        FirstFault ??= (reader[Index], reader.Place);
        Content.EndCounting();
    }

    private ColumnSummary Summarize(ColumnNotation notation)
    {
        bool hasName = _file.WrittenHeader[Index].Length > 0 || _file.WrittenHeader.All(name => name.Length == 0);
        return notation switch
        {
            ColumnNotation.Empty => new(Name, ColumnKind.Empty) { HasName = hasName },
            ColumnNotation.Numbers => new(Name, ColumnKind.Numbers) { HasName = hasName },
            ColumnNotation.Dates dates => new(Name, ColumnKind.Dates) { HasName = hasName, Parts = dates.Parts, Example = dates.Notation.Name },
            ColumnNotation.NoCells none => new(Name, ColumnKind.Undecided) { HasName = hasName, Question = $"it holds {none.Content}, which are no cells of a table; leave it out with --exclude '{Name}', or make columns of numbers or text of it" },
            ColumnNotation.Undecided undecided => new(Name, ColumnKind.Undecided) { HasName = hasName, Question = undecided.Question },
            _ => new(Name, ColumnKind.Texts) { HasName = hasName, Example = _file.Scan.ForeignText(Index), Question = DatesAmongTexts() },
        };
    }

    private string? DatesAmongTexts() => _file.Scan.Dates(Index) is var dates and > 0 ? $" {dates} of its cells are dates; written alike, such as 2024-12-31, they are read as dates." : null;
}
