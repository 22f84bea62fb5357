using Orleans.Placement;

namespace GnMlNet.Cluster.Silos;

/// <summary>Marks grains that belong to one silo.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SiloPlacementAttribute() : PlacementAttribute(new SiloPlacement());
