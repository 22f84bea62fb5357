using GnMlNet.Cluster.Training;
using GnMlNet.Cluster.Work;
using GnMlNet.Core.Training;

namespace GnMlNet.Cli.Clustering;

/// <summary>Makes silos ready that read the files of a table themselves.</summary>
/// <param name="memoryLimit">The bytes of memory that rows may take; null for <see cref="UsualMemory"/>.</param>
/// <param name="temporaryFolder">The folder for temporary files; null for the system's.</param>
internal sealed class ShardWorkFactory(long? memoryLimit, string? temporaryFolder) : PartRows.Factory(memoryLimit ?? UsualMemory, temporaryFolder ?? Path.GetTempPath())
{
    /// <summary>The kind of table.</summary>
    internal const string Kind = "shards";

    // Beside the rows a silo needs room for vectors, and for a part that is made.
    private const int ShareOfMemory = 3;

    /// <summary>What a silo may keep of rows where nobody says it.</summary>
    internal static long UsualMemory => RunOptions.DefaultMemoryLimit / ShareOfMemory;

    internal override IPartReader Open(ReadOnlyMemory<byte> reading, ShardFolders folders) => new ShardReader(ShardReading.Read(reading), folders);
}
