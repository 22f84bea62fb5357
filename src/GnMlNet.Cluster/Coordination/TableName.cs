using GnMlNet.Cluster.Messages;

namespace GnMlNet.Cluster.Coordination;

/// <summary>Which table it is.</summary>
/// <param name="Kind">The name of its factories.</param>
/// <param name="Description">What its factories need to know.</param>
/// <param name="Parts">How many parts it has.</param>
internal sealed record TableName(string Kind, ReadOnlyMemory<byte> Description, int Parts)
{
    /// <summary>Tells this opening of the table from others.</summary>
    internal string Key { get; } = $"{Guid.NewGuid():N}";

    internal WorkOrder Order(WorkTask task, int first = 0, int end = 0, int requestBytes = 0) =>
        new() { Task = task, Kind = Kind, Parts = Parts, First = first, End = end, RequestBytes = requestBytes };
}
