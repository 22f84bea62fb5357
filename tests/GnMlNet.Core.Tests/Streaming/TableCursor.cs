using GnMlNet.Core.Data;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Core.Tests.Streaming;

/// <summary>Goes through a table row by row; every row is at three times its number.</summary>
internal sealed class TableCursor(RegressionData data, int first = 0) : IRowCursor
{
    private readonly float[][] _features = [.. data.Inputs().Select(value => (float)value).Chunk(data.InputSize)];
    private readonly double[] _labels = data.Labels(), _weights = data.Weights();
    private readonly int?[] _groups = data.HasGroups ? data.Groups() : new int?[data.RowCount];
    private int _row = first - 1;

    public ReadOnlySpan<float> Features => _features[_row];

    public double Label => _labels[_row];

    public double Weight => _weights[_row];

    public int? Group => _groups[_row];

    public long Place => 3L * _row;

    internal bool IsDisposed { get; private set; }

    public bool MoveNext() => ++_row < _labels.Length;

    public void Dispose() => IsDisposed = true;
}
