using GnMlNet.Core.Data;
using GnMlNet.Core.Training;

namespace GnMlNet.Core.Streaming;

/// <summary>
/// Rows as they come, one by one, in single precision as ML.NET's data views have them: kept in memory while they take an eighth of <see cref="RunOptions.MemoryLimit"/> or less, and in a temporary file in
/// <see cref="RunOptions.TemporaryFolder"/> beyond. Wherever they are, they are the same table.
/// </summary>
public sealed class RowSpool : TrainingRows
{
    private const int ShareOfMemory = 8;

    private readonly TemporaryFolder _folder;
    private readonly long _memoryBytes;
    private readonly BlockRecord _layout;
    private readonly byte[] _record;
    private readonly RowBlock _block;
    private readonly int?[] _groups = new int?[RowBlock.Capacity];
    private RecordStore _store;

    /// <summary>Makes an empty one.</summary>
    /// <param name="inputSize">d, the number of features of every row; at least 1.</param>
    /// <param name="hasGroups">Whether rows come with groups.</param>
    /// <param name="run">Memory limit and folder for temporary files.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputSize"/> is below 1, or an option is out of its range.</exception>
    public RowSpool(int inputSize, bool hasGroups, RunOptions run)
        : base(inputSize, hasGroups)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Validate();
        (_memoryBytes, _folder) = (run.MemoryLimit / ShareOfMemory, TemporaryFolder.Of(run));
        _layout = new BlockRecord(inputSize, hasGroups);
        (_record, _block, _store) = (new byte[_layout.Bytes], new RowBlock(inputSize), new MemoryRecords(_layout.Bytes));
    }

    /// <summary>Whether rows are in a temporary file.</summary>
    public bool IsOnDisk => _store.IsOnDisk;

    /// <summary>Adds a row.</summary>
    /// <param name="features">d finite numbers.</param>
    /// <param name="label">y_j, finite.</param>
    /// <param name="weight">w_j, finite and positive.</param>
    /// <param name="group">Any number where rows come with groups; null: the row is a group of its own.</param>
    /// <exception cref="ArgumentException">The number of features is wrong, a number is not finite, the weight is not positive, or a group comes unannounced.</exception>
    /// <exception cref="TemporaryFileException">Rows no longer fit into memory, and the folder for temporary files is full or cannot be written to.</exception>
    public void Add(ReadOnlySpan<float> features, double label, double weight, int? group = null)
    {
        if (group is not null && !HasGroups) throw new ArgumentException("Rows were announced without groups.", nameof(group));
        int row = (int)(RowCount % RowBlock.Capacity);
        RowChecks.Check(features, InputSize, label, weight, RowCount);
        for (int k = 0; k < features.Length; k++) _block.Column(k)[row] = features[k];
        (_block.Labels[row], _block.Weights[row], _groups[row], _block.RowCount) = (label, weight, group, row + 1);
        Count(label, group);
        if (row == RowBlock.Capacity - 1) AppendBlock();
    }

    /// <summary>Gives back the memory or the file.</summary>
    public override void Dispose() => _store.Dispose();

    private protected override IEnumerable<SourceBlock> Blocks()
    {
        _store.Complete();
        using var reader = new StoreReader(_store, [.. Enumerable.Range(0, _store.Count)]);
        var block = new RowBlock(InputSize);
        var groups = new int?[RowBlock.Capacity];
        while (reader.MoveNext())
        {
            _layout.Read(reader.Current.Span, RowBlock.Capacity, block);
            if (HasGroups) _layout.ReadGroups(reader.Current.Span, groups);
            yield return new SourceBlock(block, HasGroups ? groups : default);
        }

        // The last rows are not in the store until their block is full.
        int last = (int)(RowCount % RowBlock.Capacity);
        if (last > 0) yield return new SourceBlock(_block, HasGroups ? _groups.AsMemory(0, last) : default);
    }

    private void AppendBlock()
    {
        _layout.Write(_block, HasGroups ? _groups : [], _record);
        if (!_store.IsOnDisk && (_store.Count + 1L) * _layout.Bytes > _memoryBytes) MoveToDisk();
        _store.Append(_record);
        Array.Clear(_block.Weights);
        _block.RowCount = 0;
    }

    private void MoveToDisk()
    {
        RecordStore inMemory = _store;
        var onDisk = new FileRecords(_layout.Bytes, _folder);
        _store = onDisk;
        var record = new byte[_layout.Bytes];
        for (int i = 0; i < inMemory.Count; i++)
        {
            inMemory.Read(i, record);
            onDisk.Append(record);
        }

        inMemory.Dispose();
    }
}
