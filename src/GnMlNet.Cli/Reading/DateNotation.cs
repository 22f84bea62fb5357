using System.Globalization;

namespace GnMlNet.Cli.Reading;

/// <summary>A way to write dates, with or without the time of day.</summary>
/// <param name="Name">What it is called, by an example.</param>
/// <param name="Order">What comes first where the day and the month are numbers that could be exchanged; null where they could not.</param>
/// <param name="HasDate">Whether there is a date; else only the time of day.</param>
/// <param name="Formats">The formats, as .NET writes them.</param>
internal sealed record DateNotation(string Name, DateOrder? Order, bool HasDate, string[] Formats)
{
    private static readonly string[] s_clocks = ["", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF"];
    private static readonly string[] s_halfDayClocks = [" h:mm tt", " h:mm:ss tt"];
    private static readonly string[] s_isoSeparators = ["'T'", " "];
    private static readonly string[] s_isoClocks = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];
    private static readonly string[] s_zones = ["", "zzz", " zzz", "'Z'"];

    /// <summary>All that are known.</summary>
    internal static readonly IReadOnlyList<DateNotation> All =
    [
        new("2024-12-31", null, true, [.. Dates(["yyyy-M-d", "yyyy/M/d", "yyyy.M.d"]), .. IsoDates()]),
        new("31.12.2024", null, true, [.. Dates(["d.M.yyyy", "d.M.yy"])]),
        new("31/12/2024", DateOrder.DayFirst, true, [.. Dates(["d/M/yyyy", "d-M-yyyy", "d/M/yy", "d-M-yy"])]),
        new("12/31/2024", DateOrder.MonthFirst, true, [.. Dates(["M/d/yyyy", "M-d-yyyy", "M/d/yy", "M-d-yy"])]),
        new("31 Dec 2024", null, true, [.. Dates(["d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "MMM d, yyyy", "MMM d yyyy", "d MMMM yyyy", "MMMM d, yyyy"])]),
        new("23:59:59", null, false, ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt"]),
    ];

    /// <summary>That of ISO 8601.</summary>
    internal static DateNotation Iso => All[0];

    /// <summary>That of times of day.</summary>
    internal static DateNotation Clock => All[^1];

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="time">The date and the time on the clock of its own zone; UTC where none is given.</param>
    internal bool TryParse(string cell, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(cell, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out time);

    private static IEnumerable<string> Dates(string[] dates) => dates.SelectMany(date => s_clocks.Concat(s_halfDayClocks).Select(clock => date + clock));

    private static IEnumerable<string> IsoDates() =>
        from separator in s_isoSeparators
        from clock in s_isoClocks
        from zone in s_zones
        select $"yyyy-MM-dd{separator}{clock}{zone}";
}
