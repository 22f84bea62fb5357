namespace GnMlNet.Preparation;

/// <summary>A number that a date gives.</summary>
public enum DatePart
{
    /// <summary>Days since 1970-01-01 UTC, with the time of day as a fraction.</summary>
    Days,

    /// <summary>The time of day in hours, 0 to 24, on the clock of the cell.</summary>
    Hour,

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    Weekday,
}

/// <summary>Names and values of the parts of a date.</summary>
public static class DateParts
{
    /// <summary>The column of this part of the dates of a column: its name, a point and the part in lower case.</summary>
    /// <param name="column">The column of dates.</param>
    /// <param name="part">The part.</param>
    public static string NameOf(string column, DatePart part) => $"{column}.{part.ToString().ToLowerInvariant()}";

    /// <summary>The number that a date gives.</summary>
    /// <param name="time">The date, and the time on the clock of its own zone.</param>
    /// <param name="part">Which number.</param>
    public static double Of(DateTimeOffset time, DatePart part) => part switch
    {
        DatePart.Days => (time.UtcDateTime - DateTime.UnixEpoch).TotalDays,
        DatePart.Hour => time.TimeOfDay.TotalHours,
        _ => time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek,
    };
}
