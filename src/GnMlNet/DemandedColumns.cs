using Microsoft.ML;

namespace GnMlNet;

/// <summary>A data view without rows that remembers which of its columns were asked for.</summary>
/// <param name="schema">The columns.</param>
internal sealed class DemandedColumns(DataViewSchema schema) : IDataView
{
    private readonly SortedSet<int> _demanded = [];

    /// <summary>The columns that were asked for, in order.</summary>
    internal IReadOnlyList<DataViewSchema.Column> Demanded => [.. _demanded.Select(index => schema[index])];

    public DataViewSchema Schema => schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        _demanded.UnionWith(needed.Select(column => column.Index));
        return new ChangedRows(schema, [], []).GetRowCursor(needed, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
