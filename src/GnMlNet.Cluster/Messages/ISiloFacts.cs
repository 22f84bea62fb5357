namespace GnMlNet.Cluster.Messages;

/// <summary>What a silo says of itself.</summary>
[Alias("gnml.silo")]
internal interface ISiloFacts : IGrainWithStringKey
{
    [Alias("tell")]
    Task<SiloFacts> Tell();
}
