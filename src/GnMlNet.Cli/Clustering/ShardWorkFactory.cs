using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Streaming;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Clustering;

/// <summary>Makes silos ready that read the files of a table themselves.</summary>
/// <param name="room">Where they keep parts.</param>
internal sealed class ShardWorkFactory(PartRoom room) : PartRows.Factory(room)
{
    /// <summary>The kind of table.</summary>
    internal const string Kind = "shards";

    // Beside the rows a silo needs room for vectors, and for a part that is made.
    private const int ShareOfMemory = 3;

    /// <summary>What a silo may keep of rows where nobody says it.</summary>
    internal static long UsualMemory => RunOptions.DefaultMemoryLimit / ShareOfMemory;

    /// <param name="memoryLimit">The bytes of memory that rows may take; null for <see cref="UsualMemory"/>.</param>
    /// <param name="temporaryFolder">The folder for temporary files; null for the system's.</param>
    internal static ShardWorkFactory Of(long? memoryLimit, string? temporaryFolder) => new(new PartRoom(memoryLimit ?? UsualMemory, new TemporaryFolder(temporaryFolder ?? Path.GetTempPath(), long.MaxValue)));

    internal override IPartReader Open(PartDescription table, ShardFolders folders) => new ShardReader(table, folders);
}
