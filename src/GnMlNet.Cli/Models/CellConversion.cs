using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Models;

/// <summary>Cells in types that models from other programs want.</summary>
internal static class CellConversion
{
    internal static bool ToBoolean(TableFile.Reader reader, int index) => reader[index].ToUpperInvariant() switch
    {
        "1" or "TRUE" or "T" or "YES" or "Y" => true,
        "0" or "FALSE" or "F" or "NO" or "N" => false,
        _ => throw reader.BadCell(index, "is neither true nor false. Write true or false."),
    };

    /// <summary>A whole number of any size.</summary>
    internal static T ToWhole<T>(TableFile.Reader reader, NumberSource numbers, Func<double, T> convert)
        where T : struct, System.Numerics.IMinMaxValue<T>, System.Numerics.INumber<T>
    {
        double value = numbers.Read(reader);
        if (double.IsNaN(value)) throw reader.BadCell(numbers.Index, "is missing, and the model takes whole numbers there, which are never missing. Fill it in.");
        if (value != Math.Round(value) || value < double.CreateChecked(T.MinValue) || value > double.CreateChecked(T.MaxValue))
            throw reader.BadCell(numbers.Index, $"is no whole number from {T.MinValue} to {T.MaxValue}, as the model takes there.");
        return convert(value);
    }

    internal static DateTime ToDateTime(TableFile.Reader reader, int index, ColumnNotation notation) =>
        notation is ColumnNotation.Dates dates && dates.Notation.TryParse(reader[index], out DateTimeOffset time)
            ? time.UtcDateTime
            : throw reader.BadCell(index, "is not a date such as 2024-12-31.");

    /// <summary>
    /// A key, as ML.NET's text loader reads one: the place of the cell among the values that the model knows, or where it knows none the number itself, counted from 0; what is neither is missing.
    /// </summary>
    internal static FileColumn ToKey(string name, DataViewSchema.Column column, KeyDataViewType key, int index, MissingMarks missing)
    {
        if (key.RawType != typeof(uint)) throw new UserError($"The model wants column '{name}' as {key}, which no cell of a file gives. Score it in a program, with the type that it was trained on.");
        Dictionary<string, uint> places = Places(column);
        return new FileColumn.Converted<uint>(name, key, reader =>
        {
            string cell = reader[index];
            if (missing.Contain(cell)) return 0;
            if (places.Count > 0) return places.GetValueOrDefault(cell);
            if (!uint.TryParse(cell, out uint number)) throw reader.BadCell(index, $"is no whole number from 0 to {key.Count - 1}, as the model takes there.");
            return number < key.Count ? number + 1 : 0;
        });
    }

    private static Dictionary<string, uint> Places(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull("KeyValues") is not { Type: VectorDataViewType { ItemType: TextDataViewType } }) return [];
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        return values.DenseValues().Select((value, k) => (Text: value.ToString(), Place: (uint)k + 1)).DistinctBy(at => at.Text).ToDictionary(at => at.Text, at => at.Place);
    }
}
