using System.Globalization;
using GnMlNet.Preparation;

namespace GnMlNet.DataFrames.Reading;

/// <summary>What is in the columns of a data frame, as the plan for a table asks.</summary>
internal static class CellSummary
{
    /// <exception cref="ArgumentException">A number is not finite, or dates are said to be codes.</exception>
    /// <param name="cells">The cells.</param>
    /// <param name="areCodes">Whether numbers name something and are text in this sense.</param>
    internal static ColumnSummary Of(FrameCells cells, bool areCodes) => cells switch
    {
        FrameCells.Dates dates when !areCodes => OfDates(dates),
        FrameCells.Singles or FrameCells.Doubles when !areCodes => OfNumbers(cells.Name, cells.ToDoubles(), ColumnKind.Numbers),
        _ => OfTexts(cells.Name, cells.ToTexts()),
    };

    private static ColumnSummary OfDates(FrameCells.Dates dates)
    {
        var varying = new VaryingDateParts();
        foreach (DateTime date in dates.Values.OfType<DateTime>()) varying.Add(FrameCells.Dates.OnItsClock(date));
        IReadOnlyList<DatePart> parts = varying.List();
        string? example = dates.Values.FirstOrDefault(date => date is not null)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return OfNumbers(dates.Name, dates.ToParts(parts.Count > 0 ? parts[0] : DatePart.Days), ColumnKind.Dates, parts, example);
    }

    private static ColumnSummary OfNumbers(string name, double[] numbers, ColumnKind kind, IReadOnlyList<DatePart>? parts = null, string? example = null)
    {
        var summary = new ColumnSummary(name, Array.TrueForAll(numbers, double.IsNaN) ? ColumnKind.Empty : kind) { HasName = name.Length > 0, Parts = parts ?? [], Example = example };
        foreach (double number in numbers)
        {
            if (double.IsNaN(number)) summary.AddMissing();
            else summary.Add(number);
        }

        summary.Complete();
        return summary;
    }

    private static ColumnSummary OfTexts(string name, string[] texts)
    {
        var summary = new ColumnSummary(name, Array.TrueForAll(texts, text => text.Length == 0) ? ColumnKind.Empty : ColumnKind.Texts) { HasName = name.Length > 0 };
        foreach (string text in texts)
        {
            if (text.Length == 0) summary.AddMissing();
            else summary.Add(text);
        }

        summary.Complete();
        return summary;
    }
}
