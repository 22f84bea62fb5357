using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet;

/// <summary>Rows of numbers as a data view of the columns that they were read from.</summary>
internal sealed class ChangedRows : IDataView
{
    private readonly IReadOnlyList<PipelineColumn> _columns;
    private readonly IReadOnlyList<double[]> _rows;

    /// <param name="schema">The columns; those that no numbers stand for are empty.</param>
    /// <param name="columns">What each number of a row is.</param>
    /// <param name="rows">The rows.</param>
    internal ChangedRows(DataViewSchema schema, IReadOnlyList<PipelineColumn> columns, IReadOnlyList<double[]> rows) => (Schema, _columns, _rows) = (schema, columns, rows);

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(ChangedRows view, HashSet<int> active) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        private double[] Row => view._rows[(int)_position];

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override bool MoveNext()
        {
            if (_position < view._rows.Count) _position++;
            if (_position < view._rows.Count) return true;
            _position = -1;
            return false;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            int[] places = [.. Enumerable.Range(0, view._columns.Count).Where(k => view._columns[k].Index == column.Index)];
            Delegate getter = places.Length == 0 ? (ValueGetter<TValue>)((ref TValue value) => value = default!)
                : column.Type is VectorDataViewType ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Fill(places, ref value))
                : view._columns[places[0]].Getter(() => Row[places[0]]);
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue).Name}.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        private void Fill(int[] places, ref VBuffer<float> value)
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, places.Length);
            for (int slot = 0; slot < places.Length; slot++) editor.Values[slot] = (float)Row[places[slot]];
            value = editor.Commit();
        }
    }
}
