namespace GnMlNet.Preparation;

/// <summary>Finds out which parts of the dates of a column vary: the others say nothing about a label.</summary>
public sealed class VaryingDateParts
{
    private readonly HashSet<double> _clocks = [];
    private readonly HashSet<double> _days = [];
    private readonly HashSet<DayOfWeek> _weekdays = [];

    /// <summary>Takes a date into account.</summary>
    /// <param name="time">The date, and the time on the clock of its own zone.</param>
    public void Add(DateTimeOffset time)
    {
        AddTo(_clocks, time.TimeOfDay.TotalHours);
        AddTo(_days, time.UtcDateTime.Date.Ticks);
        _weekdays.Add(time.DayOfWeek);
    }

    /// <summary>The parts that vary, in the order of <see cref="DatePart"/>.</summary>
    /// <param name="haveDates">Whether there are dates; else there are times of day only.</param>
    public IReadOnlyList<DatePart> List(bool haveDates = true)
    {
        var parts = new List<DatePart>();
        if (haveDates && _days.Count > 1) parts.Add(DatePart.Days);
        if (_clocks.Count > 1) parts.Add(DatePart.Hour);
        if (haveDates && _weekdays.Count > 1) parts.Add(DatePart.Weekday);
        return parts;
    }

    // Whether there are two is all that is asked.
    private static void AddTo(HashSet<double> values, double value)
    {
        if (values.Count < 2) values.Add(value);
    }
}
