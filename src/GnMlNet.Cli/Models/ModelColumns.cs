using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using GnMlNet.Preparation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Models;

/// <summary>Finds in a file the columns that a model wants: by name, in whatever type; vectors by the names of their slots or as name.0, name.1 and so on; parts of dates by the dates.</summary>
/// <param name="file">The file.</param>
internal sealed class ModelColumns(TableFile file)
{
    /// <summary>The column as ML.NET reads it from the file; null where the file does not have it.</summary>
    /// <exception cref="UserError">No file can give such a column, or the file's cannot be read as one.</exception>
    internal FileColumn? Find(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? FindVector(column, vector) : FindScalar(column);

    /// <summary>The names that the file would have to have for a column.</summary>
    internal static string Wanted(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { Size: > 0 } vector) return $"'{column.Name}'";
        string[] slots = SlotNames(column, vector.Size);
        return slots.Length > 4 ? $"'{slots[0]}', '{slots[1]}', ..., '{slots[^1]}'" : string.Join(", ", slots.Select(name => $"'{name}'"));
    }

    private FileColumn? FindScalar(DataViewSchema.Column column)
    {
        string name = column.Name;
        if (column.Type is NumberDataViewType && FindNumbers(name) is { } numbers) return OfNumbers(name, column.Type, numbers);
        int index = IndexOf(name);
        if (index < 0) return null;
        return column.Type switch
        {
            TextDataViewType => new FileColumn.Text(name, index),
            BooleanDataViewType => new FileColumn.Converted<bool>(name, column.Type, reader => CellConversion.ToBoolean(reader, index)),
            KeyDataViewType key => CellConversion.ToKey(name, column, key, index, file.Missing),
            DateTimeDataViewType => new FileColumn.Converted<DateTime>(name, column.Type, reader => CellConversion.ToDateTime(reader, index, file.Scan[index])),
            _ => throw new UserError($"The model wants column '{name}' as {column.Type}, which no cell of a file gives. Score it in a program, with the type that it was trained on."),
        };
    }

    private static FileColumn OfNumbers(string name, DataViewType type, NumberSource numbers)
    {
        FileColumn Whole<T>(Func<double, T> convert)
            where T : struct, System.Numerics.IMinMaxValue<T>, System.Numerics.INumber<T> =>
            new FileColumn.Converted<T>(name, type, reader => CellConversion.ToWhole(reader, numbers, convert));
        return type.RawType switch
        {
            var raw when raw == typeof(float) => new FileColumn.Single(name, numbers),
            var raw when raw == typeof(double) => new FileColumn.Double(name, numbers),
            var raw when raw == typeof(sbyte) => Whole(value => (sbyte)value),
            var raw when raw == typeof(byte) => Whole(value => (byte)value),
            var raw when raw == typeof(short) => Whole(value => (short)value),
            var raw when raw == typeof(ushort) => Whole(value => (ushort)value),
            var raw when raw == typeof(int) => Whole(value => (int)value),
            var raw when raw == typeof(uint) => Whole(value => (uint)value),
            var raw when raw == typeof(long) => Whole(value => (long)value),
            _ => Whole(value => (ulong)value),
        };
    }

    private FileColumn.Vector? FindVector(DataViewSchema.Column column, VectorDataViewType vector)
    {
        if (vector.ItemType != NumberDataViewType.Single || vector.Size == 0)
            throw new UserError($"The model wants column '{column.Name}' as {column.Type}, which no cell of a file gives. Score it in a program, with the type that it was trained on.");
        string[] numbered = [.. Enumerable.Range(0, vector.Size).Select(k => $"{column.Name}.{k}")];
        NumberSource[]? slots = FindAll(SlotNames(column, vector.Size)) ?? FindAll(numbered);
        if (slots is null && vector.Size == 1) slots = FindAll([column.Name]);
        return slots is null ? null : new FileColumn.Vector(column.Name, column.Type, slots);
    }

    private NumberSource[]? FindAll(string[] names)
    {
        NumberSource?[] found = [.. names.Select(FindNumbers)];
        return Array.TrueForAll(found, slot => slot is not null) ? [.. found.OfType<NumberSource>()] : null;
    }

    private NumberSource? FindNumbers(string name)
    {
        int index = IndexOf(name);
        if (index >= 0) return NumbersAt(index);
        foreach (DatePart part in Enum.GetValues<DatePart>())
        {
            string suffix = DateParts.NameOf("", part);
            if (name.EndsWith(suffix, StringComparison.Ordinal) && IndexOf(name[..^suffix.Length]) is var dates and >= 0) return DatesAt(dates, part);
        }

        return null;
    }

    private NumberSource.Written NumbersAt(int index) => file.Scan[index] switch
    {
        ColumnNotation.Numbers numbers => new NumberSource.Written(index, file.Missing, numbers.Notation),
        ColumnNotation.Undecided undecided => throw new UserError($"{file.Path}: column '{undecided.Name}': {undecided.Question}."),
        _ => new NumberSource.Written(index, file.Missing, NumberNotation.Plain),
    };

    private NumberSource.PartOfDate DatesAt(int index, DatePart part) => file.Scan[index] switch
    {
        ColumnNotation.Dates dates => new NumberSource.PartOfDate(index, file.Missing, dates.Notation, part),
        ColumnNotation.Undecided undecided => throw new UserError($"{file.Path}: column '{undecided.Name}': {undecided.Question}."),
        ColumnNotation.Empty => new NumberSource.PartOfDate(index, file.Missing, DateNotation.Iso, part),
        _ => throw new UserError($"{file.Path}: the model wants dates in column '{file.Header[index]}', which has none."),
    };

    private int IndexOf(string name)
    {
        int index = IndexOfName(name);
        if (index >= 0 && file.Declared(index) is ColumnNotation.NoCells none)
            throw new UserError($"{file.Path}: column '{none.Name}' holds {none.Content}, where the model wants numbers or text. Make such a column of it.");
        return index;
    }

    // Exactly, or else but for upper and lower case where one column alone fits.
    private int IndexOfName(string name)
    {
        int index = file.Find(name);
        if (index >= 0) return index;
        int[] alike = [.. Enumerable.Range(0, file.Header.Count).Where(k => string.Equals(file.Header[k], name, StringComparison.OrdinalIgnoreCase))];
        return alike.Length == 1 ? alike[0] : -1;
    }

    private static string[] SlotNames(DataViewSchema.Column column, int size)
    {
        IReadOnlyList<string> names = FeatureSlots.NamesOf(column);
        return [.. Enumerable.Range(0, size).Select(k => k < names.Count && names[k].Length > 0 ? names[k] : $"{column.Name}.{k}")];
    }
}
