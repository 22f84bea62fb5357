using GnMlNet.Cli.Reading;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GnMlNet.Cli.Tables;

/// <summary>
/// The rows of a file as ML.NET reads them, in order: from what was kept of the file when it was looked through, or streamed from it at every pass where that does not suffice.
/// </summary>
internal sealed class FileDataView : IDataView
{
    private readonly TableFile _file;
    private readonly Func<int, bool>? _keep;
    private readonly FileColumn[] _columns;
    private readonly RowStart? _start;

    /// <param name="file">The file.</param>
    /// <param name="columns">Which of its columns to read, and as what.</param>
    /// <param name="keep">Which rows to keep, by number from 0; null keeps all.</param>
    /// <param name="start">Where to begin; null for the first row.</param>
    internal FileDataView(TableFile file, IReadOnlyList<FileColumn> columns, Func<int, bool>? keep = null, RowStart? start = null)
    {
        _start = start;
        _file = file;
        _keep = keep;
        _columns = [.. columns];
        var schema = new DataViewSchema.Builder();
        foreach (FileColumn column in columns) schema.AddColumn(column.Name, column.Type);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly FileDataView _view;
        private readonly TableFile.Reader _reader;
        private readonly bool[] _active;
        private int _row;
        private long _position = -1;

        internal Cursor(FileDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
        {
            _view = view;
            _active = new bool[view.Schema.Count];
            foreach (DataViewSchema.Column column in columnsNeeded) _active[column.Index] = true;
            bool Suffices(IKnownCells cells) => view._columns.Where((_, k) => _active[k]).All(column => column.IsKnown(cells));
            _reader = view._start is { } start ? view._file.ReadFrom(start.Row, start.Forms, Suffices) : view._file.Read(Suffices);
            _row = (view._start?.Row ?? 0) - 1;
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override bool MoveNext()
        {
            while (_reader.MoveNext())
            {
                _row++;
                if (_view._keep is not null && !_view._keep(_row)) continue;
                _position++;
                return true;
            }

            _position = -1;
            return false;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            _view._columns[column.Index].Getter(_reader) as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue).Name}.");

        // The number of the row in the file, which other steps of a pipeline pass on.
        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_row, 0);

        protected override void Dispose(bool disposing)
        {
            if (disposing) _reader.Dispose();
            base.Dispose(disposing);
        }
    }
}
