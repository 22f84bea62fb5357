using System.Diagnostics;
using System.Globalization;
using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Training;

/// <summary>
/// Shares the training of an ensemble with the silos of a cluster: <c>EnsembleOptions.Sharing</c>. Silos train members of their own, from rows that go to them once; or, of a large table, they pass over its rows, which they read from a
/// folder that all of them reach. The model has the bits of training on one machine. One is for one training.
/// </summary>
public sealed class ClusterSharing : TableSharing, IAsyncDisposable
{
    private readonly ClusterSilo _coordinator;
    private readonly string? _folder;
    private readonly Spread? _asked;
    private ClusterTable? _table;
    private ClusterRows? _rows;
    private MemberTable? _memberTable;
    private RemoteMembers? _members;

    /// <summary>Shares by a folder.</summary>
    /// <param name="coordinator">The silo of this process.</param>
    /// <param name="folder">
    /// A folder that is there, and that every silo reaches by the same path and is allowed to read; a folder of the table's own is made in it, and goes with it. Null where there is none: a table that is held in memory needs none, and
    /// a large one is refused.
    /// </param>
    /// <param name="spread">What is spread over the silos; null for whichever is predicted to take less time.</param>
    /// <exception cref="TemporaryFileException">The folder cannot be written to.</exception>
    public ClusterSharing(ClusterSilo coordinator, string? folder, Spread? spread = null)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        (_coordinator, _asked) = (coordinator, spread);
        if (folder is null) return;
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

    /// <summary>The kinds of tables whose rows a silo must be able to pass over for training.</summary>
    public static IReadOnlyDictionary<string, IPartWorkFactory> PartWork { get; } = new Dictionary<string, IPartWorkFactory> { [SharedRows.Kind] = new SharedRows.Factory(), [SiloMembers.LargeKind] = new SiloMembers.Factory() };

    /// <summary>The kinds of tables whose members a silo must be able to train.</summary>
    public static IReadOnlyDictionary<string, IMemberWorkFactory> MemberWork { get; } = new Dictionary<string, IMemberWorkFactory> { [SiloMembers.HeldKind] = new SiloMembers.Factory(), [SiloMembers.LargeKind] = new SiloMembers.Factory() };

    /// <summary>What is spread over the silos, and why; null before training has come to that, or where it has nothing to spread.</summary>
    public SpreadChoice? Choice { get; private set; }

    /// <summary>How many rows the silos have passed over so far, those of every pass counted; members that are trained on silos pass over theirs by themselves.</summary>
    public long RowsPassed => _rows?.RowsPassed ?? 0;

    /// <summary>How many steps members have taken on silos so far, those of all members counted.</summary>
    public long StepsTaken => _members?.StepsTaken ?? 0;

    /// <summary>The least time from one fetch of members' states to the next.</summary>
    internal TimeSpan StateInterval { get; init; } = TimeSpan.FromSeconds(10);

    internal override string Folder => _folder ?? throw new ClusterException("A large table needs a folder that all silos reach by the same path, for its rows; name one.");

    internal override RowTable Share(LargeTable table, byte[] hash, MemberTable members, CancellationToken cancellation)
    {
        IReadOnlyList<double> cores = _coordinator.ReadCoresAsync(cancellation).GetAwaiter().GetResult();
        Choice = SpreadChoice.OfLarge(members, table.Layout.RowCount, cores.Count > 0 ? cores : [1], _asked);
        _memberTable = members;
        byte[] rows = SharedRows.Describe(Folder, hash);
        _table = Choice.Spread == Spread.Members
            ? Open(SiloMembers.LargeKind, SiloMembers.Describe(members, rows), table.Layout.PartCount, cancellation)
            : Open(SharedRows.Kind, rows, table.Layout.PartCount, cancellation);
        return _rows = new ClusterRows(table, _table, cancellation);
    }

    internal override void Share(MemberTable members, CancellationToken cancellation)
    {
        Choice = SpreadChoice.OfHeld(members, _asked);
        if (Choice.Spread != Spread.Members) return;
        _memberTable = members;
        _table = Open(SiloMembers.HeldKind, SiloMembers.Describe(members, []), parts: 1, cancellation);
    }

    internal override MembersInTraining? Begin(IReadOnlyList<MemberStart> starts, CancellationToken cancellation) =>
        Choice is { Spread: Spread.Members } ? _members = new RemoteMembers(_table!, starts, _memberTable!.Options, StateInterval, cancellation) : null;

    private ClusterTable Open(string kind, byte[] description, int parts, CancellationToken cancellation) => _coordinator.OpenTableAsync(kind, description, parts, cancellation).GetAwaiter().GetResult();

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

    /// <summary>Closes the table on all silos and removes its folder, where it has one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_table is not null) await _table.DisposeAsync().ConfigureAwait(false);
        if (_folder is null) return;
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
