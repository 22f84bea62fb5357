using GnMlNet.Cli.Internals;

namespace GnMlNet.Cli.Reading;

/// <summary>The forms in which the cells of each column of a file are written, as one pass over it found them.</summary>
/// <param name="columnCount">How many columns there are.</param>
internal sealed class CellForms(int columnCount) : IKnownCells
{
    private readonly bool[] _havePlain = new bool[columnCount];
    private readonly bool[] _havePoints = new bool[columnCount];
    private readonly bool[] _haveUnknownTexts = new bool[columnCount];

    /// <summary>How many columns there are.</summary>
    internal int ColumnCount { get; } = columnCount;

    /// <summary>Takes the rows that follow into account.</summary>
    internal void Add(CellBlock block)
    {
        for (int k = 0; k < ColumnCount; k++)
        {
            ColumnCells cells = block[k]!;
            int pointed = cells.Count(PlainForm.Pointed) + cells.Count(PlainForm.Grouped), unpointed = cells.Count(PlainForm.Unpointed);
            _havePoints[k] |= pointed > 0;
            _haveUnknownTexts[k] |= pointed + unpointed > 0;
            _havePlain[k] |= pointed + unpointed + cells.Count(PlainForm.Whole) > 0;
        }
    }

    /// <summary>Writes them.</summary>
    internal void Write(CheckedBytes.Writer writer)
    {
        foreach (bool has in _havePlain.Concat(_havePoints).Concat(_haveUnknownTexts)) writer.Write(has);
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    internal static CellForms Read(CheckedBytes.Reader reader, int columnCount)
    {
        var forms = new CellForms(columnCount);
        foreach (bool[] all in new[] { forms._havePlain, forms._havePoints, forms._haveUnknownTexts })
        {
            for (int k = 0; k < columnCount; k++) all[k] = reader.ReadBoolean("how cells are written");
        }

        return forms;
    }

    /// <inheritdoc/>
    /// <remarks>A point is none of a number with a decimal comma, and a number without a percent sign none of percents.</remarks>
    public bool HaveNumbers(int column, NumberNotation notation) => !(_havePoints[column] && notation.DecimalMark != '.') && !(_havePlain[column] && notation.IsPercent);

    /// <inheritdoc/>
    public bool HaveTexts(int column) => !_haveUnknownTexts[column];
}
