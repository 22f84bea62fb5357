using Orleans.Runtime.Placement;

namespace GnMlNet.Cluster.Silos;

/// <summary>Finds the silo that a key names. Where it is gone any other does: a grain that is not at home says that it knows nothing, which is quicker than to fail.</summary>
internal sealed class SiloPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        SiloAddress home = SiloKey.Silo(target.GrainIdentity.Key.ToString()!);
        return Task.FromResult(silos.Contains(home) ? home : silos.Contains(context.LocalSilo) ? context.LocalSilo : silos[0]);
    }
}
