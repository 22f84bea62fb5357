using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet;

/// <summary>Numbers the groups of a column of keys, texts, numbers, truth values or times: rows of equal value are one group, and a row whose value is missing has none.</summary>
internal sealed class GroupReader
{
    private readonly Func<int?> _read;

    private GroupReader(Func<int?> read) => _read = read;

    /// <summary>Whether a column of a type can be read.</summary>
    internal static bool CanRead(DataViewType type) => type is KeyDataViewType or TextDataViewType or NumberDataViewType or BooleanDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType;

    /// <summary>Makes the reader of a cursor.</summary>
    /// <param name="row">The cursor.</param>
    /// <param name="column">The column, of a type that can be read.</param>
    internal static GroupReader Of(DataViewRow row, DataViewSchema.Column column)
    {
        // The missing key is 0, the number 1 of a key another value than the number 1 of a count.
        bool isKey = column.Type is KeyDataViewType;
        return new GroupReader(column.Type.RawType switch
        {
            Type type when type == typeof(float) => Numbers<float>(row, column, float.IsNaN),
            Type type when type == typeof(double) => Numbers<double>(row, column, double.IsNaN),
            Type type when type == typeof(sbyte) => Numbers<sbyte>(row, column, _ => false),
            Type type when type == typeof(short) => Numbers<short>(row, column, _ => false),
            Type type when type == typeof(int) => Numbers<int>(row, column, _ => false),
            Type type when type == typeof(long) => Numbers<long>(row, column, _ => false),
            Type type when type == typeof(byte) => Numbers<byte>(row, column, value => isKey && value == 0),
            Type type when type == typeof(ushort) => Numbers<ushort>(row, column, value => isKey && value == 0),
            Type type when type == typeof(uint) => Numbers<uint>(row, column, value => isKey && value == 0),
            Type type when type == typeof(ulong) => Numbers<ulong>(row, column, value => isKey && value == 0),
            Type type when type == typeof(bool) => Numbers<bool>(row, column, _ => false),
            Type type when type == typeof(DateTime) => Numbers<DateTime>(row, column, _ => false),
            Type type when type == typeof(DateTimeOffset) => Numbers<DateTimeOffset>(row, column, _ => false),
            Type type when type == typeof(TimeSpan) => Numbers<TimeSpan>(row, column, _ => false),
            _ => Texts(row, column),
        });
    }

    /// <summary>The number of the group of the row that the cursor is at, or null where the value is missing.</summary>
    internal int? Read() => _read();

    private static Func<int?> Numbers<T>(DataViewRow row, DataViewSchema.Column column, Func<T, bool> isMissing)
        where T : notnull
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        var numbers = new Dictionary<T, int>();
        T value = default!;
        return () =>
        {
            get(ref value);
            return isMissing(value) ? null : Number(numbers, value);
        };
    }

    private static Func<int?> Texts(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(column);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        ReadOnlyMemory<char> value = default;
        return () =>
        {
            get(ref value);
            return value.IsEmpty ? null : Number(numbers, value.ToString());
        };
    }

    private static int? Number<T>(Dictionary<T, int> numbers, T value)
        where T : notnull
    {
        if (!numbers.TryGetValue(value, out int number)) numbers.Add(value, number = numbers.Count);
        return number;
    }
}
