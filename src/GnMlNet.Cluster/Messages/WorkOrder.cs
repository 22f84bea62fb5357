namespace GnMlNet.Cluster.Messages;

/// <summary>What a silo is to do. With its request it says all that is needed, so that any silo that has made the table ready can do it anew.</summary>
[GenerateSerializer, Immutable, Alias("gnml.order")]
internal sealed class WorkOrder
{
    [Id(0)]
    public required WorkTask Task { get; init; }

    /// <summary>The kind of table, the name of its factories.</summary>
    [Id(1)]
    public required string Kind { get; init; }

    /// <summary>How many parts the table has.</summary>
    [Id(2)]
    public required int Parts { get; init; }

    /// <summary>Of a sum: the first part.</summary>
    [Id(3)]
    public int First { get; init; }

    /// <summary>Of a sum: the number behind the last part.</summary>
    [Id(4)]
    public int End { get; init; }

    /// <summary>How many bytes of the request were sent before.</summary>
    [Id(5)]
    public int RequestBytes { get; init; }
}
