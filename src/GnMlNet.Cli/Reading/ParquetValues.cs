using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace GnMlNet.Cli.Reading;

/// <summary>The values of a column in a row group.</summary>
internal static class ParquetValues
{
    /// <summary>Reads a value for every row.</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="group">The row group.</param>
    /// <param name="field">The field.</param>
    /// <param name="missing">For every row whether its value is missing; null where none is.</param>
    /// <returns>For every row its value, the default of the type where it is missing.</returns>
    /// <exception cref="InvalidDataException">There is not one for every row.</exception>
    internal static T[] Read<T>(ParquetRowGroupReader group, DataField field, out bool[]? missing)
        where T : struct
    {
        ColumnMetaData? chunk = group.GetMetadata(field)?.MetaData;
        if (chunk?.NumValues != group.RowCount) throw new InvalidDataException("it has another number of rows than the row group");
        var values = new T[checked((int)group.RowCount)];
        int[]? levels = field.MaxDefinitionLevel > 0 ? new int[values.Length] : null;
        // A null array would become memory of no length.
        Memory<int>? room = levels is null ? default(Memory<int>?) : levels.AsMemory();
        group.ReadRawAsync<T>(field, values, room, repetitionLevels: null).AsTask().GetAwaiter().GetResult();
        missing = levels is null ? null : Spread(values, levels, field.MaxDefinitionLevel);
        return values;
    }

    // The values that are there come one after the other; each goes to its row, from the last on.
    private static bool[]? Spread<T>(T[] values, int[] levels, int level)
        where T : struct
    {
        int left = levels.AsSpan().Count(level);
        if (left == values.Length) return null;
        var missing = new bool[values.Length];
        for (int row = values.Length - 1; row >= 0; row--)
        {
            missing[row] = levels[row] != level;
            values[row] = missing[row] ? default : values[--left];
        }

        return missing;
    }
}
