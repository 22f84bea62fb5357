using Parquet;
using Parquet.Schema;

namespace GnMlNet.Cli.Tables;

/// <summary>Tables of numbers as Parquet files.</summary>
internal static class NumberParquet
{
    private const int RowsOfGroup = 1 << 16;

    internal static void Write<T>(Stream output, IReadOnlyList<(string Name, Func<T, double> Value)> columns, IEnumerable<T> rows) => WriteAsync(output, columns, rows).GetAwaiter().GetResult();

    private static async Task WriteAsync<T>(Stream output, IReadOnlyList<(string Name, Func<T, double> Value)> columns, IEnumerable<T> rows)
    {
        DataField[] fields = [.. columns.Select(column => new DataField(column.Name, typeof(double), isNullable: false))];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), output);
        foreach (T[] chunk in rows.Chunk(RowsOfGroup))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((DataField field, (_, Func<T, double> value)) in fields.Zip(columns)) await group.WriteAsync<double>(field, Array.ConvertAll(chunk, row => value(row)));
        }
    }
}
