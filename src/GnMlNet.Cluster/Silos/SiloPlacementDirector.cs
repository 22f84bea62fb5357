using Orleans.Runtime.Placement;

namespace GnMlNet.Cluster.Silos;

/// <summary>Finds the silo that a key names. Where it is gone, or not yet known to all, there is no place: a grain elsewhere would keep its own from coming up.</summary>
internal sealed class SiloPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress home = SiloKey.Silo(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(home) ? Task.FromResult(home) : throw new SiloUnavailableException($"The silo {home} is not there.");
    }
}
