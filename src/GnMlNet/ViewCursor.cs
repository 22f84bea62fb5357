using GnMlNet.Core.Streaming;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace GnMlNet;

/// <summary>Goes through the usable rows of a data view.</summary>
internal sealed class ViewCursor : IRowCursor
{
    // Rows between two looks at cancellation.
    private const int CheckInterval = 4096;

    private readonly FloatLabelCursor _rows;
    private readonly GroupReader? _groups;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly float[] _features;
    private readonly Action<long>? _check;

    /// <param name="data">The data view and the roles of its columns.</param>
    /// <param name="inputSize">d.</param>
    /// <param name="groupColumn">The column of groups, or null.</param>
    /// <param name="check">Told of the number of rows every few thousand; may throw.</param>
    internal ViewCursor(RoleMappedData data, int inputSize, string? groupColumn, Action<long>? check = null)
    {
        _features = new float[inputSize];
        _check = check;
        CursOpt columns = CursOpt.Features | CursOpt.Label | (data.Schema.Weight.HasValue ? CursOpt.Weight : 0);
        DataViewSchema.Column? group = groupColumn is null ? null : data.Schema.Schema[groupColumn];
        _rows = new FloatLabelCursor.Factory(data, columns).Create(null, group is null ? [] : [group.Value.Index]);
        _groups = group is null ? null : GroupReader.Of(_rows.Row, group.Value);
        _id = _rows.Row.GetIdGetter();
    }

    /// <summary>Begins to go through the rows of a data view that others prepared.</summary>
    /// <param name="data">The data view.</param>
    /// <param name="label">The column of labels.</param>
    /// <param name="features">The column of features.</param>
    internal static ViewCursor Of(IDataView data, string label, string features)
    {
        var roles = new RoleMappedData(data, label, features);
        roles.CheckFeatureFloatVector(out int inputSize);
        return new ViewCursor(roles, inputSize, groupColumn: null);
    }

    /// <summary>How many usable rows there were so far.</summary>
    internal long Count { get; private set; }

    /// <summary>The rows, those that were skipped among them counted.</summary>
    internal FloatLabelCursor Rows => _rows;

    public ReadOnlySpan<float> Features => _features;

    public double Label => _rows.Label;

    public double Weight => _rows.Weight;

    // Groups are numbered as they come, so that none must be missed.
    public int? Group { get; private set; }

    public long Place
    {
        get
        {
            DataViewRowId id = default;
            _id(ref id);
            return (long)id.Low;
        }
    }

    public bool MoveNext()
    {
        if (!_rows.MoveNext()) return false;
        _rows.Features.CopyTo(_features);
        Group = _groups?.Read();
        if (++Count % CheckInterval == 0) _check?.Invoke(Count);
        return true;
    }

    public void Dispose() => _rows.Dispose();
}
