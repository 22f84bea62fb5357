using GnMlNet.Cli.Internals;
using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Streaming;
using Microsoft.ML;

namespace GnMlNet.Cli.Clustering;

/// <summary>Reads rows of a table from its files on a silo: from those files alone that hold them.</summary>
internal sealed class ShardReader : IPartReader
{
    private readonly ShardReading _reading;
    private readonly JoinedFile _file;
    private readonly MLContext _context = new(seed: 0);
    private readonly ITransformer _preparation;

    /// <param name="reading">How the table is read.</param>
    /// <param name="folders">The folders from which the silo may read.</param>
    /// <exception cref="ClusterException">A file lies in none of these.</exception>
    internal ShardReader(ShardReading reading, ShardFolders folders)
    {
        _reading = reading;
        (Shard Shard, string Path)[] files = [.. reading.Files.Select(file => (file, folders.Resolve(file.Path)))];
        _file = new JoinedFile(reading.Settings, [.. files.Select(file => new TablePart(file.Shard.Path, () => Open(file.Shard, file.Path)) { RowCount = file.Shard.RowCount })], reading.Header);
        _preparation = _context.Model.Load(new MemoryStream(reading.Preparation), out _);
    }

    /// <inheritdoc/>
    public IRowCursor RowsFrom(long place)
    {
        var rows = new FileDataView(_file, _reading.Columns, _reading.Split.IsTraining, new RowStart((int)Math.Min(place, int.MaxValue), _reading.Forms));
        return PreparedRows.Open(_context.Data.FilterRowsByMissingValues(_preparation.Transform(rows), _reading.LabelColumn), _reading.LabelColumn, RegressionTable.FeatureColumn);
    }

    /// <inheritdoc/>
    public string NameOf(long first, long end)
    {
        long before = 0;
        var names = new List<string>();
        foreach (Shard file in _reading.Files)
        {
            if (before < end && before + file.RowCount > first) names.Add($"'{file.Path}'");
            before += file.RowCount;
        }

        return string.Join(" and ", names);
    }

    private TableFile Open(Shard shard, string path)
    {
        if (!Shard.IsFile(path)) throw new ClusterException($"There is no shard '{shard.Path}'. Put it there, where training has it, too.");
        if (new FileInfo(path).Length is var bytes && bytes != shard.Bytes)
            throw new ClusterException(Invariant($"The shard '{shard.Path}' has {bytes:N0} bytes, but had {shard.Bytes:N0} where training began: it is another file, or was changed since. Give the silo the same files, and train again."));
        TableFile file = TableFile.Open(path, _reading.Settings, _reading.Label);
        ColumnNames.Check(file, _reading.Header, "the file that training began with");
        return file;
    }
}
