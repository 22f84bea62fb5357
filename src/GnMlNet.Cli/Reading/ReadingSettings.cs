using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Reading;

/// <summary>What the user said about how a file is written, and about the memory for reading it; what is left out is found in the file.</summary>
internal sealed record ReadingSettings
{
    internal static readonly ReadingSettings Detect = new();

    /// <summary>Between two cells; a space means runs of spaces and tabs. Null means the one that fits.</summary>
    internal char? Delimiter { get; init; }

    /// <summary>A point or a comma; null means the one that fits.</summary>
    internal char? DecimalMark { get; init; }

    /// <summary>Marks of missing values beside the usual ones.</summary>
    internal IReadOnlyList<string> MissingMarks { get; init; } = [];

    /// <summary>In dates such as 03/04/2024; null means that the column must settle it.</summary>
    internal DateOrder? DateOrder { get; init; }

    /// <summary>Whether the first line is a row like the others, so that columns are called by their number.</summary>
    internal bool HasNoHeader { get; init; }

    /// <summary>The bytes that the command may take; what is kept of the file is a share of them.</summary>
    internal long MemoryLimit { get; init; } = RunOptions.DefaultMemoryLimit;
}

/// <summary>What comes first in a date written in numbers.</summary>
internal enum DateOrder
{
    DayFirst,
    MonthFirst,
}
