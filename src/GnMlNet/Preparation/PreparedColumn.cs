namespace GnMlNet.Preparation;

/// <summary>A column that goes into the features.</summary>
public sealed class PreparedColumn
{
    internal PreparedColumn(ColumnSummary source, bool isText, DatePart? part = null, double? offset = null) =>
        (Name, Source, IsText, Part, Offset) = (part is { } named ? DateParts.NameOf(source.Name, named) : source.Name, source, isText, part, offset);

    /// <summary>Its name in the data view: that of the column that it comes from, or of a part of its dates.</summary>
    public string Name { get; }

    /// <summary>The column of the table that it comes from.</summary>
    public ColumnSummary Source { get; }

    /// <summary>Whether it is one-hot encoded; else it is a number.</summary>
    public bool IsText { get; }

    /// <summary>Which part of dates it is; null where the source holds none.</summary>
    public DatePart? Part { get; }

    /// <summary>What is subtracted in double precision before it becomes a float; null where it is read as one.</summary>
    public double? Offset { get; }
}
