using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;

namespace GnMlNet.Cli.Reading;

/// <summary>A column of a Parquet file: what its type says of its cells, and how they are read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Notation">How its cells are read; null where they are text, which may be that of numbers or dates.</param>
/// <param name="Read">Reads its cells in a row group.</param>
internal sealed record ParquetColumn(string Name, ColumnNotation? Notation, Func<ParquetRowGroupReader, ParquetCells> Read)
{
    private const string DateFormat = "yyyy-MM-dd";
    private const string ClockFormat = "HH:mm:ss.FFFFFFF";

    // 100 nanoseconds.
    private const long TicksPerMillisecond = TimeSpan.TicksPerMillisecond, TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond, NanosecondsPerTick = TimeSpan.NanosecondsPerTick;

    /// <summary>The column of a field of the schema.</summary>
    internal static ParquetColumn Of(Field field) => field switch
    {
        ListField or DataField { IsArray: true } => NoCells(field, "lists"),
        MapField => NoCells(field, "maps"),
        DataField data => OfData(data),
        _ => NoCells(field, "structs"),
    };

    private static ParquetColumn OfData(DataField field)
    {
        if (ClockUnit(field) is { } unit) return OfClock(field, unit);
        if (field.ClrType == typeof(ReadOnlyMemory<char>)) return new(field.Name, null, group => new ParquetCells.Texts(ParquetValues.Read<ReadOnlyMemory<char>>(group, field, out _)));
        if (field.ClrType == typeof(DateTime)) return OfDates(field);
        if (field.ClrType == typeof(bool)) return OfWords<bool>(field, value => value ? bool.TrueString : bool.FalseString);
        if (field.ClrType == typeof(Guid)) return OfWords<Guid>(field, value => value.ToString());
        if (field.ClrType == typeof(float)) return OfNumbers<float>(field, value => value, value => value.ToString("R", CultureInfo.InvariantCulture));
        if (field.ClrType == typeof(double)) return OfNumbers<double>(field, value => value, value => value.ToString("R", CultureInfo.InvariantCulture));
        if (field.ClrType == typeof(BigDecimal)) return OfNumbers<BigDecimal>(field, value => double.Parse(Write(value), CultureInfo.InvariantCulture), Write);
        if (field.ClrType == typeof(sbyte)) return OfWhole<sbyte>(field);
        if (field.ClrType == typeof(byte)) return OfWhole<byte>(field);
        if (field.ClrType == typeof(short)) return OfWhole<short>(field);
        if (field.ClrType == typeof(ushort)) return OfWhole<ushort>(field);
        if (field.ClrType == typeof(int)) return OfWhole<int>(field);
        if (field.ClrType == typeof(uint)) return OfWhole<uint>(field);
        if (field.ClrType == typeof(long)) return OfWhole<long>(field);
        if (field.ClrType == typeof(ulong)) return OfWhole<ulong>(field);
        return NoCells(field, field.ClrType == typeof(ReadOnlyMemory<byte>) ? "bytes" : $"values of type {field.ClrType.Name}");
    }

    private static ParquetColumn NoCells(Field field, string content) => new(field.Name, new ColumnNotation.NoCells(field.Name, content), _ => new ParquetCells.None());

    private static ParquetColumn OfWhole<T>(DataField field)
        where T : struct, IBinaryInteger<T> => OfNumbers<T>(field, double.CreateChecked, value => value.ToString(null, CultureInfo.InvariantCulture));

    private static ParquetColumn OfNumbers<T>(DataField field, Func<T, double> convert, Func<T, string> write)
        where T : struct => new(field.Name, new ColumnNotation.Numbers(field.Name, NumberNotation.Plain), group => new ParquetCells.Numbers<T>(ParquetValues.Read<T>(group, field, out bool[]? missing), missing, convert, write));

    private static ParquetColumn OfWords<T>(DataField field, Func<T, string> write)
        where T : struct => new(field.Name, new ColumnNotation.Texts(field.Name), group => new ParquetCells.Words<T>(ParquetValues.Read<T>(group, field, out bool[]? missing), missing, write));

    private static ParquetColumn OfDates(DataField field)
    {
        string format = field is DateTimeDataField { DateTimeFormat: DateTimeFormat.Date } ? DateFormat : $"{DateFormat} {ClockFormat}";
        return new(field.Name, new ColumnNotation.Dates(field.Name, DateNotation.Iso, []), group => new ParquetCells.Times(ParquetValues.Read<DateTime>(group, field, out bool[]? missing), missing, format));
    }

    private static ParquetColumn OfClock(DataField field, TimeUnitPrecision unit)
    {
        DateTime OnTheClock(long value) => DateTime.UnixEpoch.AddTicks(unit switch
        {
            TimeUnitPrecision.Millis => value * TicksPerMillisecond,
            TimeUnitPrecision.Micros => value * TicksPerMicrosecond,
            _ => value / NanosecondsPerTick,
        });
        DateTime[] Values(ParquetRowGroupReader group, out bool[]? missing) => field.ClrType == typeof(int)
            ? Array.ConvertAll(ParquetValues.Read<int>(group, field, out missing), value => OnTheClock(value))
            : Array.ConvertAll(ParquetValues.Read<long>(group, field, out missing), OnTheClock);
        return new(field.Name, new ColumnNotation.Dates(field.Name, DateNotation.Clock, []), group => new ParquetCells.Times(Values(group, out bool[]? missing), missing, ClockFormat));
    }

    // The older annotations are known, too.
    private static TimeUnitPrecision? ClockUnit(DataField field) => field switch
    {
        TimeDataField time => time.Precision,
        { SchemaElement.ConvertedType: ConvertedType.TIME_MILLIS } => TimeUnitPrecision.Millis,
        { SchemaElement.ConvertedType: ConvertedType.TIME_MICROS } => TimeUnitPrecision.Micros,
        _ => null,
    };

    // Without zeros at the end, which say nothing.
    private static string Write(BigDecimal value) => value.Scale > 0 ? value.ToString().TrimEnd('0').TrimEnd('.') : value.ToString();
}
