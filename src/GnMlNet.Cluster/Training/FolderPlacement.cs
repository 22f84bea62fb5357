using System.Diagnostics;
using System.Globalization;
using GnMlNet.Cluster.Costs;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.LinearAlgebra;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>The rows are written into a folder that all silos reach, in one of the table's own, which goes with it.</summary>
internal sealed class FolderPlacement : RowPlacement
{
    private readonly string _folder;

    /// <param name="coordinator">The silo of this process.</param>
    /// <param name="folder">A folder that is there, and that every silo reaches by the same path and is allowed to read.</param>
    /// <exception cref="TemporaryFileException">It cannot be written to.</exception>
    internal FolderPlacement(ClusterSilo coordinator, string folder)
        : base(coordinator)
    {
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

    internal override bool ReadsRowsAnew => false;

    internal override SpreadChoice Choose(MemberTable members, long rows, Spread? asked, Func<IReadOnlyList<double>> readCores) => SpreadChoice.OfLarge(members, rows, readCores(), asked);

    internal override ClusterRows LayOut(TableRecipe recipe, IRowSource source, MemberTable? members, RunOptions run, CancellationToken cancellation)
    {
        var folder = new TemporaryFolder(_folder, run.TemporaryFileLimit);
        int stores = 0;
        LargeTable own = new LargeTableBuilder(recipe, new WorkSharing(run.Threads), bytes => new FileRecords(bytes, folder, SharedTable.NameOf(stores++))).Build(source, cancellation);
        try
        {
            byte[] rows = SharedRows.Describe(_folder, SharedTable.WriteLayout(own, _folder));
            ClusterTable table = members is null
                ? OpenTable(SharedRows.Kind, rows, own.Layout.PartCount, cancellation)
                : OpenTable(SiloMembers.LargeKind, SiloMembers.Describe(members, rows), own.Layout.PartCount, cancellation);
            return new ClusterRows(table, own.Layout, own.Load, own, cancellation);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Closes the table on all silos and removes its folder.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A silo of another system that has not closed its files yet.
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
}
