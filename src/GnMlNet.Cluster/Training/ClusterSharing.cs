using System.Diagnostics;
using System.Globalization;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>
/// Shares the rows of a large table with the silos of a cluster, which read them from a folder that all of them reach: <c>EnsembleOptions.Sharing</c>. Steps of training are then sums over all silos, with the bits of training on one
/// machine. One is for one training.
/// </summary>
public sealed class ClusterSharing : TableSharing, IAsyncDisposable
{
    private readonly ClusterSilo _coordinator;
    private readonly string _folder;
    private ClusterTable? _table;
    private ClusterRows? _rows;

    /// <summary>Shares by a folder.</summary>
    /// <param name="coordinator">The silo of this process.</param>
    /// <param name="folder">A folder that is there, and that every silo reaches by the same path and is allowed to read; a folder of the table's own is made in it, and goes with it.</param>
    /// <exception cref="TemporaryFileException">The folder cannot be written to.</exception>
    public ClusterSharing(ClusterSilo coordinator, string folder)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        ArgumentNullException.ThrowIfNull(folder);
        _coordinator = coordinator;
        try
        {
            string full = Path.GetFullPath(folder);
            RemoveAbandoned(full);
            _folder = Directory.CreateDirectory(Path.Combine(full, $"{OwnPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TemporaryFileException($"The folder '{folder}' that silos share cannot be written to: {error.Message.TrimEnd('.')}. Choose another one.", error);
        }
    }

    /// <summary>The kinds of tables that a silo must know for training.</summary>
    public static IReadOnlyDictionary<string, IPartWorkFactory> PartWork { get; } = new Dictionary<string, IPartWorkFactory> { [SharedRows.Kind] = new SharedRows.Factory() };

    /// <summary>How many rows the silos have passed over so far, those of every pass counted.</summary>
    public override long RowsPassed => _rows?.RowsPassed ?? 0;

    /// <summary>No: they are written into the folder.</summary>
    public override bool ReadsRowsAnew => false;

    internal override RowTable LayOut(TableRecipe recipe, IRowSource source, RunOptions run, CancellationToken cancellation)
    {
        var folder = new TemporaryFolder(_folder, run.TemporaryFileLimit);
        int stores = 0;
        LargeTable own = new LargeTableBuilder(recipe, new WorkSharing(run.Threads), bytes => new FileRecords(bytes, folder, SharedTable.NameOf(stores++))).Build(source, cancellation);
        try
        {
            byte[] hash = SharedTable.WriteLayout(own, _folder);
            _table = _coordinator.OpenTableAsync(SharedRows.Kind, SharedRows.Describe(_folder, hash), own.Layout.PartCount, cancellation).GetAwaiter().GetResult();
            return _rows = new ClusterRows(_table, own.Layout, own.Load, own, cancellation);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    // The folders of this machine's processes.
    private static string OwnPrefix => $"gnmlnet-{Environment.MachineName}-";

    /// <summary>Removes what processes of this machine left that were killed.</summary>
    private static void RemoveAbandoned(string folder)
    {
        foreach (string left in Directory.EnumerateDirectories(folder, $"{OwnPrefix}*"))
        {
            string number = Path.GetFileName(left)[OwnPrefix.Length..].Split('-')[0];
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int process) || IsRunning(process)) continue;
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or gone meanwhile.
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Closes the table on all silos and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_table is not null) await _table.DisposeAsync().ConfigureAwait(false);
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A silo of another system that has not closed its files yet.
        }
    }
}
