namespace GnMlNet.Cluster.Coordination;

/// <summary>A silo that works on a table.</summary>
/// <param name="Address">Where it is; a silo that was started anew has another.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Cores">How much it can do.</param>
internal sealed record TableSilo(SiloAddress Address, string Name, int Cores);
