using GnMlNet.Cluster.Membership;
using GnMlNet.Cluster.Storage;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Checkpoints;
using GnMlNet.Core.Streaming;

namespace GnMlNet.Cluster.Checkpoints;

/// <summary>
/// A checkpoint that the Redis server or the PostgreSQL database of a cluster keeps, by Orleans' grain storage: <c>CheckpointOptions.Store</c>. Training goes on from it on any machine that reaches the server. Written in chunks
/// into one of two places in turn, and then named as the one that holds: a process that is killed meanwhile leaves the one before as it was.
/// </summary>
public sealed class ClusterCheckpoint : CheckpointStore
{
    private const int ChunkBytes = 1 << 20;
    private const string HeadName = "head";

    private readonly string _place;
    private readonly StoredPieces _pieces;
    private readonly TemporaryFolder _temporary;

    // The one that is known to be there, empty where none was; null where nobody has looked, or the last attempt may have been done or not.
    private Guid? _known;

    /// <summary>Names a checkpoint.</summary>
    /// <param name="coordinator">The silo of this process.</param>
    /// <param name="name">What it is called among those of the cluster: 1 to 100 letters, digits, dots, hyphens and underscores.</param>
    /// <param name="temporaryFolder">The folder where it lies while it is sent or fetched; null for the system's.</param>
    /// <exception cref="ClusterException">The cluster keeps none, or that is no name.</exception>
    public ClusterCheckpoint(ClusterSilo coordinator, string name, string? temporaryFolder = null)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        ArgumentNullException.ThrowIfNull(name);
        ClusterSpecification cluster = coordinator.Cluster;
        ClusterStorage.Check(cluster);
        if (!ClusterSpecification.IsName(name)) throw new ClusterException($"The name of a checkpoint has 1 to 100 letters, digits, dots, hyphens and underscores; '{name}' has not.");
        Name = $"The checkpoint 'cluster:{name}'";
        _place = cluster.Kind == MembershipKind.Redis ? "The Redis server" : "The PostgreSQL database";
        _pieces = new StoredPieces(coordinator.Storage, $"{cluster.ClusterId}/{name}", _place);
        _temporary = new TemporaryFolder(temporaryFolder ?? Path.GetTempPath(), long.MaxValue);
    }

    internal override string Name { get; }

    /// <inheritdoc/>
    public override bool Exists => Wait(async () =>
    {
        byte[]? head = await _pieces.Read(HeadName).ConfigureAwait(false);
        _known = IdOf(head);
        return head is not null;
    });

    internal override string? TryWrite(Action<StateWriter> write)
    {
        try
        {
            using FileStream whole = OpenTemporary();
            SealedState.Write(whole, write);
            Wait(() => Send(whole));
            return null;
        }
        catch (Exception error) when (error is IOException or TemporaryFileException)
        {
            return error.Message;
        }
    }

    internal override void Read(Action<StateReader> read)
    {
        using FileStream whole = OpenTemporary();
        Wait(() => Fetch(whole));
        whole.Position = 0;
        using StateReader reader = SealedState.Open(whole, Name);
        read(reader);
    }

    internal override void Delete() => Wait(async () =>
    {
        // Without it nothing else counts.
        await _pieces.Delete(HeadName).ConfigureAwait(false);
        for (int place = 0; place <= 1; place++)
        {
            int count = 0;
            while (await _pieces.Read(ChunkName(place, count)).ConfigureAwait(false) is not null) count++;
            // From the last, so that one that is ended meanwhile leaves no gap before those that are left.
            while (--count >= 0) await _pieces.Delete(ChunkName(place, count)).ConfigureAwait(false);
        }

        _known = Guid.Empty;
        return true;
    });

    // Of one that is damaged nothing is known, but that it is not another's.
    private static Guid IdOf(byte[]? head) => CheckpointHead.Read(head)?.Id ?? Guid.Empty;

    private static string ChunkName(int place, long chunk) => FormattableString.Invariant($"{place}/{chunk}");

    private static T Wait<T>(Func<Task<T>> work) => work().GetAwaiter().GetResult();

    private FileStream OpenTemporary() => new(_temporary.CreateFile(), FileAccess.ReadWrite);

    private async Task<bool> Send(FileStream whole)
    {
        byte[]? before = await _pieces.Read(HeadName).ConfigureAwait(false);
        if (_known is { } known && known != IdOf(before)) throw new IOException(StoredPieces.WrittenByAnother(_place));
        _known = null;
        var head = new CheckpointHead(CheckpointHead.Read(before) is { Place: 0 } ? 1 : 0, whole.Length, Guid.NewGuid());
        whole.Position = 0;
        for (long chunk = 0; chunk * ChunkBytes < head.Length; chunk++)
        {
            byte[] piece = new byte[Math.Min(ChunkBytes, head.Length - (chunk * ChunkBytes))];
            await whole.ReadExactlyAsync(piece).ConfigureAwait(false);
            await _pieces.Write(ChunkName(head.Place, chunk), piece).ConfigureAwait(false);
        }

        await _pieces.Write(HeadName, head.ToBytes()).ConfigureAwait(false);
        _known = head.Id;
        return true;
    }

    private async Task<bool> Fetch(FileStream whole)
    {
        byte[] bytes = await _pieces.Read(HeadName).ConfigureAwait(false) ?? throw Damaged("it is gone");
        CheckpointHead head = CheckpointHead.Read(bytes) ?? throw Damaged("its head is none");
        _known = head.Id;
        for (long chunk = 0; chunk * ChunkBytes < head.Length; chunk++)
        {
            byte[] piece = await _pieces.Read(ChunkName(head.Place, chunk)).ConfigureAwait(false) ?? throw Damaged($"chunk {chunk} is missing");
            await whole.WriteAsync(piece).ConfigureAwait(false);
        }

        return whole.Length == head.Length ? true : throw Damaged("its chunks are not as long as they were");
    }

    private FormatException Damaged(string why) => new($"{Name} is damaged: {why}. Begin anew with another name.");
}
