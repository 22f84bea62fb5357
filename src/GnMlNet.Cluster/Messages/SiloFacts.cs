namespace GnMlNet.Cluster.Messages;

/// <summary>What a silo says of itself.</summary>
[GenerateSerializer, Immutable, Alias("gnml.facts")]
internal sealed record SiloFacts
{
    /// <summary>The version of GnMlNet, with that of its sources.</summary>
    [Id(0)]
    public required string Version { get; init; }

    /// <summary>Bits of the vectors that it computes with.</summary>
    [Id(1)]
    public required int VectorBits { get; init; }

    /// <summary>Whether it multiplies and adds with one rounding.</summary>
    [Id(2)]
    public required bool HasFusedMultiplyAdd { get; init; }

    /// <summary>Processors that it may use.</summary>
    [Id(3)]
    public required int Cores { get; init; }

    /// <summary>Bytes of memory that it may use.</summary>
    [Id(4)]
    public required long MemoryBytes { get; init; }

    /// <summary>Whether it computes for others, or coordinates only.</summary>
    [Id(5)]
    public required bool TakesWork { get; init; }

    /// <summary>How many parts of tables it was asked for last.</summary>
    [Id(6)]
    public int Parts { get; init; }

    /// <summary>How many rows these have.</summary>
    [Id(7)]
    public long Rows { get; init; }

    /// <summary>How many rows it has passed over lately, by the seconds of that time.</summary>
    [Id(8)]
    public double RowsPerSecond { get; init; }
}
