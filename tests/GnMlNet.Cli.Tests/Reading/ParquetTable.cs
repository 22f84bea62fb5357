using Parquet;
using Parquet.Schema;

namespace GnMlNet.Cli.Tests.Reading;

/// <summary>Writes tables as Parquet files.</summary>
internal static class ParquetTable
{
    /// <summary>A column: its field, and what writes some of its rows.</summary>
    internal sealed record Column(Field Field, int RowCount, Func<ParquetRowGroupWriter, int, int, Task> Write);

    /// <summary>Values of a type that has fields of its own accord; null where they are missing.</summary>
    internal static Column Of<T>(string name, IEnumerable<T?> values)
        where T : struct => Of(new DataField(name, typeof(T), isNullable: true), values);

    /// <summary>Values of a field that can be null.</summary>
    internal static Column Of<T>(DataField field, IEnumerable<T?> values)
        where T : struct
    {
        T?[] all = [.. values];
        return new Column(field, all.Length, (group, first, count) => group.WriteAsync<T>(field, all.AsMemory(first, count)));
    }

    /// <summary>Values of a field that cannot be null.</summary>
    internal static Column OfAll<T>(DataField field, IEnumerable<T> values)
        where T : struct
    {
        T[] all = [.. values];
        return new Column(field, all.Length, (group, first, count) => group.WriteAsync<T>(field, all.AsMemory(first, count)));
    }

    /// <summary>Texts; null where they are missing.</summary>
    internal static Column Of(string name, IEnumerable<string?> values)
    {
        var field = new DataField(name, typeof(string), isNullable: true);
        string?[] all = [.. values];
        return new Column(field, all.Length, (group, first, count) => group.WriteAsync(field, all[first..(first + count)]));
    }

    /// <summary>Lists of two numbers in every row.</summary>
    internal static Column OfLists(string name, int rows)
    {
        var item = new DataField("element", typeof(int), isNullable: false);
        return new Column(new ListField(name, item), rows, (group, _, count) => WriteAll(group, item, 2 * count, j => j % 2));
    }

    /// <summary>Structs of a number.</summary>
    internal static Column OfStructs(string name, int rows)
    {
        var item = new DataField("part", typeof(int), isNullable: false);
        return new Column(new StructField(name, item), rows, (group, _, count) => WriteAll(group, item, count, repetition: null));
    }

    /// <summary>Maps of one number to another in every row.</summary>
    internal static Column OfMaps(string name, int rows)
    {
        DataField key = new("key", typeof(int), isNullable: false), value = new("value", typeof(int), isNullable: false);
        return new Column(new MapField(name, key, value), rows, async (group, _, count) =>
        {
            await WriteAll(group, key, count, _ => 0);
            await WriteAll(group, value, count, _ => 0);
        });
    }

    // Numbers that are all there, at the depth of the field.
    private static Task WriteAll(ParquetRowGroupWriter group, DataField field, int count, Func<int, int>? repetition)
    {
        int[] levels = new int[count], values = [.. Enumerable.Range(0, count)];
        Array.Fill(levels, field.MaxDefinitionLevel);
        return group.WriteAllPartsAsync<int>(field, values, levels, repetition is null ? default(ReadOnlyMemory<int>?) : Array.ConvertAll(values, j => repetition(j)), CancellationToken.None);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rowsOfGroup">How many rows a row group has at most.</param>
    /// <param name="options">How values are encoded and compressed.</param>
    /// <param name="columns">The columns.</param>
    internal static string Write(string path, int rowsOfGroup, ParquetOptions options, params IReadOnlyList<Column> columns)
    {
        WriteAsync(path, rowsOfGroup, options, columns).GetAwaiter().GetResult();
        return path;
    }

    private static async Task WriteAsync(string path, int rowsOfGroup, ParquetOptions options, IReadOnlyList<Column> columns)
    {
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), stream, options);
        for (int first = 0; first < columns[0].RowCount; first += rowsOfGroup)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach (Column column in columns) await column.Write(group, first, Math.Min(rowsOfGroup, column.RowCount - first));
        }
    }
}
