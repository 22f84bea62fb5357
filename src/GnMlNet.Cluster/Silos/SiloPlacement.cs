namespace GnMlNet.Cluster.Silos;

/// <summary>Puts a grain onto the silo that its key names.</summary>
[GenerateSerializer, Immutable, Alias("gnml.placement")]
internal sealed class SiloPlacement : PlacementStrategy;

