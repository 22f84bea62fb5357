namespace GnMlNet.Cluster;

/// <summary>A line of the list of a cluster's silos.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Address">Where other silos reach it.</param>
/// <param name="State">Its state in the list, such as Joining, Active, ShuttingDown or Dead.</param>
/// <param name="Since">When it started, in universal time by the clock of its machine.</param>
/// <param name="Version">The version of GnMlNet; null, like all that follows, where it does not answer.</param>
/// <param name="Cores">Processors that it may use.</param>
/// <param name="VectorBits">Bits of the vectors that it computes with.</param>
/// <param name="MemoryBytes">Bytes of memory that it may use.</param>
/// <param name="Parts">How many parts of tables it holds.</param>
/// <param name="Rows">How many rows these have; 0 where they are made of something else.</param>
/// <param name="RowsPerSecond">How many rows a second it has passed over in the last ten seconds, those of every pass counted.</param>
public sealed record SiloReport(string Name, string Address, string State, DateTime Since, string? Version, int? Cores, int? VectorBits, long? MemoryBytes, int? Parts, long? Rows, double? RowsPerSecond);
