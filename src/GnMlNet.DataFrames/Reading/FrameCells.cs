using System.Globalization;
using GnMlNet.Preparation;
using Microsoft.Data.Analysis;

namespace GnMlNet.DataFrames.Reading;

/// <summary>The cells of a column of a data frame, as numbers, dates or text.</summary>
internal abstract record FrameCells(string Name, Type Type)
{
    /// <summary>What they are, for messages.</summary>
    internal abstract string Kind { get; }

    /// <summary>Reads a column.</summary>
    /// <exception cref="ArgumentException">Its type is none of these.</exception>
    internal static FrameCells Of(DataFrameColumn column)
    {
        Singles AsSingles<T>(PrimitiveDataFrameColumn<T> primitive, Func<T, float> convert)
            where T : unmanaged => new(column.Name, column.DataType, PrimitiveCells.Convert(primitive, convert, float.NaN));
        Doubles AsDoubles<T>(PrimitiveDataFrameColumn<T> primitive, Func<T, double> convert)
            where T : unmanaged => new(column.Name, column.DataType, PrimitiveCells.Convert(primitive, convert, double.NaN));
        Texts AsTexts<T>(PrimitiveDataFrameColumn<T> primitive, Func<T, string> convert)
            where T : unmanaged => new(column.Name, column.DataType, PrimitiveCells.Convert(primitive, convert, ""));
        return column switch
        {
            PrimitiveDataFrameColumn<float> numbers => AsSingles(numbers, value => value),
            PrimitiveDataFrameColumn<double> numbers => AsDoubles(numbers, value => value),
            PrimitiveDataFrameColumn<byte> numbers => AsSingles(numbers, value => value),
            PrimitiveDataFrameColumn<sbyte> numbers => AsSingles(numbers, value => value),
            PrimitiveDataFrameColumn<short> numbers => AsSingles(numbers, value => value),
            PrimitiveDataFrameColumn<ushort> numbers => AsSingles(numbers, value => value),
            PrimitiveDataFrameColumn<int> numbers => AsDoubles(numbers, value => value),
            PrimitiveDataFrameColumn<uint> numbers => AsDoubles(numbers, value => value),
            PrimitiveDataFrameColumn<long> numbers => AsDoubles(numbers, value => value),
            PrimitiveDataFrameColumn<ulong> numbers => AsDoubles(numbers, value => value),
            PrimitiveDataFrameColumn<decimal> numbers => AsDoubles(numbers, value => (double)value),
            PrimitiveDataFrameColumn<bool> truths => AsTexts(truths, value => value ? bool.TrueString : bool.FalseString),
            PrimitiveDataFrameColumn<char> characters => AsTexts(characters, value => value.ToString()),
            PrimitiveDataFrameColumn<DateTime> dates => new Dates(column.Name, column.DataType, PrimitiveCells.Convert(dates, value => (DateTime?)value, null)),
            IEnumerable<string?> texts => new Texts(column.Name, column.DataType, [.. texts.Select(text => text ?? "")]),
            _ => throw new ArgumentException($"Column '{column.Name}' holds {column.DataType.Name}, which is neither a number, a truth value, text nor a date. Take it out of the frame, or make columns of numbers of it."),
        };
    }

    /// <summary>The column as numbers in single precision; NaN where they are missing.</summary>
    /// <exception cref="ArgumentException">It holds none, or one that is not finite.</exception>
    internal virtual float[] ToSingles() => throw Mismatch("numbers");

    /// <summary>The column as numbers in double precision; NaN where they are missing.</summary>
    /// <exception cref="ArgumentException">It holds none, or one that is not finite.</exception>
    internal virtual double[] ToDoubles() => throw Mismatch("numbers");

    /// <summary>A part of its dates; NaN where they are missing.</summary>
    /// <exception cref="ArgumentException">It holds none.</exception>
    internal virtual double[] ToParts(DatePart part) => throw Mismatch("dates");

    /// <summary>The column as text, numbers as short as they can be written; empty where it is missing.</summary>
    /// <exception cref="ArgumentException">It holds dates.</exception>
    internal virtual string[] ToTexts() => throw Mismatch("text or codes");

    /// <summary>The column as names of groups of rows; empty where it is missing.</summary>
    internal virtual string[] ToNames() => ToTexts();

    private ArgumentException Mismatch(string wanted) => new($"Column '{Name}' holds {Kind} ({Type.Name}); {wanted} are wanted there. Convert the column.");

    // Rows are counted from 0, as the frame does.
    private ArgumentException NotFinite(int row) => new($"Column '{Name}', row {row}: infinity is not a finite number. Correct it, or set it to null where the value is missing.");

    /// <summary>Numbers that single precision holds.</summary>
    internal sealed record Singles(string Name, Type Type, float[] Values) : FrameCells(Name, Type)
    {
        internal override string Kind => "numbers";

        internal override float[] ToSingles() => Array.FindIndex(Values, float.IsInfinity) is var row and >= 0 ? throw NotFinite(row) : Values;

        internal override double[] ToDoubles() => Array.ConvertAll(ToSingles(), value => (double)value);

        internal override string[] ToTexts() => Array.ConvertAll(Values, value => float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Numbers in double precision.</summary>
    internal sealed record Doubles(string Name, Type Type, double[] Values) : FrameCells(Name, Type)
    {
        internal override string Kind => "numbers";

        internal override double[] ToDoubles() => Array.FindIndex(Values, double.IsInfinity) is var row and >= 0 ? throw NotFinite(row) : Values;

        internal override float[] ToSingles()
        {
            float[] singles = Array.ConvertAll(ToDoubles(), value => (float)value);
            int row = Array.FindIndex(singles, float.IsInfinity);
            return row < 0 ? singles : throw new ArgumentException($"Column '{Name}', row {row}: {Values[row].ToString(CultureInfo.InvariantCulture)} is beyond the largest number in single precision, 3.4e38. Use another unit.");
        }

        internal override string[] ToTexts() => Array.ConvertAll(Values, value => double.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Text, truth values among it; empty where it is missing.</summary>
    internal sealed record Texts(string Name, Type Type, string[] Values) : FrameCells(Name, Type)
    {
        internal override string Kind => "text";

        internal override string[] ToTexts() => Values;
    }

    /// <summary>Dates, each taken as it stands, whatever zone it says; null where they are missing.</summary>
    internal sealed record Dates(string Name, Type Type, DateTime?[] Values) : FrameCells(Name, Type)
    {
        internal override string Kind => "dates";

        internal override double[] ToParts(DatePart part) => Array.ConvertAll(Values, value => value is { } date ? DateParts.Of(OnItsClock(date), part) : double.NaN);

        internal override string[] ToNames() => Array.ConvertAll(Values, value => value?.ToString("O", CultureInfo.InvariantCulture) ?? "");

        internal static DateTimeOffset OnItsClock(DateTime date) => new(DateTime.SpecifyKind(date, DateTimeKind.Utc));
    }
}
