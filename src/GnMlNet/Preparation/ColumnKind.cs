namespace GnMlNet.Preparation;

/// <summary>What a column of a table holds.</summary>
public enum ColumnKind
{
    /// <summary>Nothing but missing values.</summary>
    Empty,

    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>Dates, times of day or both.</summary>
    Dates,

    /// <summary>Text.</summary>
    Texts,

    /// <summary>Numbers or dates that can be read in two ways.</summary>
    Undecided,
}
