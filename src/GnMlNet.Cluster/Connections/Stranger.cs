namespace GnMlNet.Cluster.Connections;

/// <summary>What a connection carries until its other side has greeted.</summary>
/// <param name="Greets">To be called when it has.</param>
internal sealed record Stranger(Action Greets);
