namespace GnMlNet.Cluster.Silos;

/// <summary>What a silo is for.</summary>
/// <param name="TakesWork">Whether it computes for others, or coordinates only.</param>
/// <param name="Version">The version of GnMlNet that it says to be of, or null for its own.</param>
internal sealed record SiloRole(bool TakesWork, string? Version = null);
