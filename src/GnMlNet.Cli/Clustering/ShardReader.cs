using GnMlNet.Cli.Reading;
using GnMlNet.Cli.Tables;
using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.Streaming;
using Microsoft.ML;

namespace GnMlNet.Cli.Clustering;

/// <summary>Reads the rows of the parts of a table from its files on a silo: those files alone that hold them.</summary>
internal sealed class ShardReader : IPartReader
{
    private readonly ShardReading _reading;
    private readonly PartMark[] _marks;
    private readonly int _inputSize;
    private readonly JoinedFile _file;
    private readonly MLContext _context = new(seed: 0);
    private readonly ITransformer _preparation;

    /// <param name="table">The table.</param>
    /// <param name="folders">The folders from which the silo may read.</param>
    /// <exception cref="ClusterException">A file lies in none of these.</exception>
    internal ShardReader(PartDescription table, ShardFolders folders)
    {
        (_reading, _marks, _inputSize) = (ShardReading.Read(table.Reading), table.Marks, table.Recipe.InputSize);
        if (_marks[^1].Place >= _reading.Files.Sum(file => (long)file.RowCount)) throw new FormatException("The description of a table is not valid: its parts are longer than its files. Train again.");
        (Shard Shard, string Path)[] files = [.. _reading.Files.Select(file => (file, folders.Resolve(file.Path)))];
        _file = new JoinedFile(_reading.Settings, [.. files.Select(file => new TablePart(file.Shard.Path, () => Open(file.Shard, file.Path)) { RowCount = file.Shard.RowCount })], _reading.Header);
        _preparation = _context.Model.Load(new MemoryStream(_reading.Preparation), out _);
    }

    public IEnumerable<SourceBlock> RowsFrom(int part)
    {
        using IEnumerator<SourceBlock> blocks = InOwnWords(() => Begin(part));
        while (InOwnWords(blocks.MoveNext)) yield return blocks.Current;
    }

    public string PlaceOf(int part)
    {
        long first = _marks[part].Place, last = part + 1 < _marks.Length ? _marks[part + 1].Place - 1 : long.MaxValue, before = 0;
        var names = new List<string>();
        foreach (Shard file in _reading.Files)
        {
            if (before <= last && before + file.RowCount > first) names.Add($"'{file.Path}'");
            before += file.RowCount;
        }

        return string.Join(" and ", names);
    }

    private IEnumerator<SourceBlock> Begin(int part)
    {
        var rows = new FileDataView(_file, _reading.Columns, _reading.Split.IsTraining, new RowStart((int)_marks[part].Place, _reading.Forms));
        IDataView labelled = _context.Data.FilterRowsByMissingValues(_preparation.Transform(rows), _reading.LabelColumn);
        return RowGathering.Blocks(ViewCursor.Of(labelled, _reading.LabelColumn, RegressionTable.FeatureColumn, _inputSize), _inputSize, hasGroups: false).GetEnumerator();
    }

    /// <summary>Tells what went wrong with a file without what ML.NET wraps around it.</summary>
    private static T InOwnWords<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error.InnerException is not null)
        {
            while (error.InnerException is not null) error = error.InnerException;
            throw error is OperationCanceledException ? error : new ClusterException(error.Message);
        }
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
