namespace GnMlNet.Cluster.Coordination;

/// <summary>An order has come to nothing because its silo has left, does not answer, or was started anew; others can do it.</summary>
internal sealed class SiloLostException(TableSilo silo, Exception? cause) : Exception($"The silo {silo.Name} was lost.", cause)
{
    internal TableSilo Silo { get; } = silo;

    /// <summary>Whether it did not answer for long, and not only does not know the order.</summary>
    internal bool IsSilent => InnerException is not null;
}
