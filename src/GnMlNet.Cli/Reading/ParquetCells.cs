using System.Globalization;

namespace GnMlNet.Cli.Reading;

/// <summary>The cells of a column in a row group, as their type has them.</summary>
internal abstract class ParquetCells
{
    /// <summary>The cell in a row as it would be written; empty where it is missing.</summary>
    internal abstract string this[int row] { get; }

    /// <summary>Whether they are text, which may be that of numbers or dates.</summary>
    internal virtual bool HaveText => false;

    /// <summary>The text in a row; nothing where it is missing, or where the cells are no text.</summary>
    internal virtual ReadOnlySpan<char> Text(int row) => [];

    /// <summary>The number in a row.</summary>
    /// <returns>False where it is missing, not finite or no number.</returns>
    internal virtual bool TryGetNumber(int row, out double value)
    {
        value = double.NaN;
        return false;
    }

    /// <summary>The date or the time of day in a row, as it stands.</summary>
    /// <returns>False where it is missing or neither.</returns>
    internal virtual bool TryGetTime(int row, out DateTimeOffset time)
    {
        time = default;
        return false;
    }

    /// <summary>Missing in every row.</summary>
    internal sealed class None : ParquetCells
    {
        internal override string this[int row] => "";
    }

    /// <summary>Numbers.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="values">The numbers.</param>
    /// <param name="missing">For every row whether its number is missing; null where none is.</param>
    /// <param name="convert">The nearest double.</param>
    /// <param name="write">Writes all digits.</param>
    internal sealed class Numbers<T>(T[] values, bool[]? missing, Func<T, double> convert, Func<T, string> write) : ParquetCells
        where T : struct
    {
        internal override string this[int row]
        {
            get
            {
                double value = ValueOf(row);
                if (double.IsNaN(value)) return "";
                return PlainNumber.IsWhole(value) ? PlainNumber.WholeText(value) : write(values[row]);
            }
        }

        internal override bool TryGetNumber(int row, out double value)
        {
            value = ValueOf(row);
            return double.IsFinite(value);
        }

        private double ValueOf(int row) => missing is not null && missing[row] ? double.NaN : convert(values[row]);
    }

    /// <summary>Dates or times of day.</summary>
    /// <param name="values">The dates, each as it stands.</param>
    /// <param name="missing">For every row whether its date is missing; null where none is.</param>
    /// <param name="format">How they are written.</param>
    internal sealed class Times(DateTime[] values, bool[]? missing, string format) : ParquetCells
    {
        internal override string this[int row] => IsMissing(row) ? "" : values[row].ToString(format, CultureInfo.InvariantCulture);

        internal override bool TryGetTime(int row, out DateTimeOffset time)
        {
            bool isThere = !IsMissing(row);
            time = isThere ? new DateTimeOffset(DateTime.SpecifyKind(values[row], DateTimeKind.Utc)) : default;
            return isThere;
        }

        private bool IsMissing(int row) => missing is not null && missing[row];
    }

    /// <summary>Words of a type that is no text to be read otherwise, such as truth values.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="missing">For every row whether its value is missing; null where none is.</param>
    /// <param name="write">Writes a value.</param>
    internal sealed class Words<T>(T[] values, bool[]? missing, Func<T, string> write) : ParquetCells
        where T : struct
    {
        internal override string this[int row] => missing is not null && missing[row] ? "" : write(values[row]);
    }

    /// <summary>Text, without spaces around it, as in other files.</summary>
    /// <param name="values">The texts; empty where they are missing.</param>
    internal sealed class Texts(ReadOnlyMemory<char>[] values) : ParquetCells
    {
        internal override string this[int row] => Text(row).ToString();

        internal override bool HaveText => true;

        internal override ReadOnlySpan<char> Text(int row) => values[row].Span.Trim(' ');
    }
}
