using GnMlNet.Preparation;
using Microsoft.Data.Analysis;
using Microsoft.ML.Data;

namespace GnMlNet.DataFrames.Reading;

/// <summary>Reads from a data frame the columns that a model wants, when it is trained as when it predicts: by name, parts of dates by the dates.</summary>
internal sealed class FrameReader
{
    private readonly DataFrameColumnCollection _columns;
    private readonly Dictionary<string, FrameCells> _cells = [];

    /// <param name="frame">The data frame.</param>
    /// <exception cref="ArgumentException">It has no rows.</exception>
    internal FrameReader(DataFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Rows.Count == 0 || frame.Columns.Count == 0) throw new ArgumentException("The frame has no rows.", nameof(frame));
        (_columns, Rows) = (frame.Columns, checked((int)frame.Rows.Count));
    }

    /// <summary>The number of rows.</summary>
    internal int Rows { get; }

    /// <summary>The names of the columns in order.</summary>
    internal IEnumerable<string> Names => _columns.Select(column => column.Name);

    /// <exception cref="ArgumentException">The frame lacks one of these columns.</exception>
    internal void Check(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(name => _columns.IndexOf(name) < 0) is { } missing) throw new ArgumentException($"The frame has no column '{missing}'. Its columns are {string.Join(", ", Names)}.");
    }

    /// <summary>The cells of a column that is there.</summary>
    /// <exception cref="ArgumentException">Its type is not known.</exception>
    internal FrameCells Cells(string name) => _cells.TryGetValue(name, out FrameCells? known) ? known : _cells[name] = FrameCells.Of(_columns[name]);

    /// <summary>A column as ML.NET reads it; null where the frame does not have it.</summary>
    /// <param name="name">The name in the data view.</param>
    /// <param name="type">The type there.</param>
    /// <exception cref="ArgumentException">The frame has it in a type that does not give this one, or a number is not finite.</exception>
    internal FrameColumn? Find(string name, DataViewType type)
    {
        if (_columns.IndexOf(name) >= 0) return Convert(Cells(name), name, type);
        foreach (DatePart part in Enum.GetValues<DatePart>())
        {
            foreach (string dates in Names.Where(dates => DateParts.NameOf(dates, part) == name))
            {
                double[] values = Cells(dates).ToParts(part);
                return type == NumberDataViewType.Double ? new FrameColumn.Double(name, values) : new FrameColumn.Single(name, Array.ConvertAll(values, value => (float)value));
            }
        }

        return null;
    }

    private static FrameColumn Convert(FrameCells cells, string name, DataViewType type) => type switch
    {
        TextDataViewType => new FrameColumn.Text(name, cells.ToTexts()),
        _ when type == NumberDataViewType.Single => new FrameColumn.Single(name, cells.ToSingles()),
        _ when type == NumberDataViewType.Double => new FrameColumn.Double(name, cells.ToDoubles()),
        _ => throw new ArgumentException($"The model wants column '{name}' as {type}, which is not read from a data frame. Use the model by mlContext.Model.Load, with the type that it was trained on."),
    };
}
