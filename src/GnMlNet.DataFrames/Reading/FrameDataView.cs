using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.DataFrames.Reading;

/// <summary>The rows of a data frame as ML.NET reads them, in order.</summary>
internal sealed class FrameDataView : IDataView
{
    private readonly int _rows;
    private readonly FrameColumn[] _columns;

    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The columns.</param>
    internal FrameDataView(int rows, IEnumerable<FrameColumn> columns)
    {
        (_rows, _columns) = (rows, [.. columns]);
        var schema = new DataViewSchema.Builder();
        foreach (FrameColumn column in _columns) schema.AddColumn(column.Name, column.Type);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly FrameDataView _view;
        private readonly bool[] _active;
        private int _row = -1;

        internal Cursor(FrameDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
        {
            _view = view;
            _active = new bool[view.Schema.Count];
            foreach (DataViewSchema.Column column in columnsNeeded) _active[column.Index] = true;
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override bool MoveNext()
        {
            if (_row + 1 < _view._rows)
            {
                _row++;
                return true;
            }

            _row = -1;
            return false;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            _view._columns[column.Index].Getter(() => _row) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue).Name}.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_row, 0);
    }
}
