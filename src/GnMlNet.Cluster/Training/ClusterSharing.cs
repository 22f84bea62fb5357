using GnMlNet.Cluster.Costs;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Data;
using GnMlNet.Core.Ensembles;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cluster.Training;

/// <summary>
/// Shares the training of an ensemble with the silos of a cluster: <c>EnsembleOptions.Sharing</c>. Silos train members of their own, from rows that go to them once; or, of a large table, they pass over its rows, which they read from a
/// folder that all of them reach or from where they are. The model has the bits of training on one machine. One is for one training.
/// </summary>
public sealed class ClusterSharing : TableSharing, IAsyncDisposable
{
    private readonly ClusterSilo _coordinator;
    private readonly RowPlacement? _placement;
    private readonly Spread? _asked;
    private ClusterTable? _held;
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
        : this(coordinator, folder is null ? null : new FolderPlacement(coordinator ?? throw new ArgumentNullException(nameof(coordinator)), folder), spread)
    {
    }

    /// <param name="coordinator">The silo of this process.</param>
    /// <param name="placement">How the rows of a large table get to the silos; null where they do not.</param>
    /// <param name="spread">What is spread over the silos; null where that is open.</param>
    internal ClusterSharing(ClusterSilo coordinator, RowPlacement? placement, Spread? spread)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        (_coordinator, _placement, _asked) = (coordinator, placement, spread);
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

    /// <inheritdoc/>
    public override bool ReadsRowsAnew => _placement is { ReadsRowsAnew: true };

    /// <summary>The least time from one fetch of members' states to the next.</summary>
    internal TimeSpan StateInterval { get; init; } = TimeSpan.FromSeconds(10);

    internal override RowTable LayOut(TableRecipe recipe, IRowSource source, MemberTable members, RunOptions run, CancellationToken cancellation)
    {
        RowPlacement placement = _placement ?? throw new ClusterException("A large table needs a folder that all silos reach by the same path, for its rows; name one.");
        Choice = placement.Choose(members, source.RowCount, _asked, () => _coordinator.ReadCoresAsync(cancellation).GetAwaiter().GetResult() is { Count: > 0 } cores ? cores : [1]);
        _memberTable = members;
        return _rows = placement.LayOut(recipe, source, Choice.Spread == Spread.Members ? members : null, run, cancellation);
    }

    internal override void Share(MemberTable members, CancellationToken cancellation)
    {
        Choice = SpreadChoice.OfHeld(members, _asked);
        if (Choice.Spread != Spread.Members) return;
        _memberTable = members;
        _held = _coordinator.OpenTableAsync(SiloMembers.HeldKind, SiloMembers.Describe(members, []), parts: 1, cancellation).GetAwaiter().GetResult();
    }

    internal override MembersInTraining? Begin(IReadOnlyList<MemberStart> starts, CancellationToken cancellation) =>
        Choice is { Spread: Spread.Members } ? _members = new RemoteMembers(_held ?? _placement!.Table!, starts, _memberTable!.Options, StateInterval, cancellation) : null;

    /// <summary>Closes the table on all silos and removes its folder, where it has one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_held is not null) await _held.DisposeAsync().ConfigureAwait(false);
        if (_placement is not null) await _placement.DisposeAsync().ConfigureAwait(false);
    }
}
