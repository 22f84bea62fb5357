using GnMlNet.Preparation;

namespace GnMlNet.Cli.Reading;

/// <summary>How the cells of a column are to be read.</summary>
/// <param name="Name">The name of the column.</param>
internal abstract record ColumnNotation(string Name)
{
    /// <summary>Nothing but missing values.</summary>
    internal sealed record Empty(string Name) : ColumnNotation(Name);

    /// <summary>Numbers.</summary>
    /// <param name="Name">The name of the column.</param>
    /// <param name="Notation">How they are written.</param>
    internal sealed record Numbers(string Name, NumberNotation Notation) : ColumnNotation(Name);

    /// <summary>Dates or times of day.</summary>
    /// <param name="Name">The name of the column.</param>
    /// <param name="Notation">How they are written.</param>
    /// <param name="Parts">The numbers that they give and that vary.</param>
    internal sealed record Dates(string Name, DateNotation Notation, IReadOnlyList<DatePart> Parts) : ColumnNotation(Name);

    /// <summary>Numbers or dates that can be read in two ways.</summary>
    /// <param name="Name">The name of the column.</param>
    /// <param name="Question">Which two, and how to settle it.</param>
    internal sealed record Undecided(string Name, string Question) : ColumnNotation(Name);

    /// <summary>Values that are no cells of a table.</summary>
    /// <param name="Name">The name of the column.</param>
    /// <param name="Content">What they are, such as "lists".</param>
    internal sealed record NoCells(string Name, string Content) : ColumnNotation(Name);

    /// <summary>Text.</summary>
    internal sealed record Texts(string Name) : ColumnNotation(Name);
}
