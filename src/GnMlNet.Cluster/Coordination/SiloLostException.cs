namespace GnMlNet.Cluster.Coordination;

/// <summary>A silo has left in the middle of an order, which others can do anew.</summary>
internal sealed class SiloLostException(TableSilo silo, Exception? cause) : Exception($"The silo {silo.Name} was lost.", cause)
{
    internal TableSilo Silo { get; } = silo;
}
