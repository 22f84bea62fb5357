using System.Reflection;
using GnMlNet.Cluster.Messages;
using GnMlNet.Core.LinearAlgebra;
using Orleans.Concurrency;

namespace GnMlNet.Cluster.Silos;

/// <summary>Tells what is known of the silo that it is on.</summary>
[SiloPlacement, Reentrant]
internal sealed class SiloFactsGrain(HeldParts held, RowMeter meter, SiloRole role) : Grain, ISiloFacts
{
    public Task<SiloFacts> Tell() => Task.FromResult(Facts(role) with { Parts = held.Count, Rows = held.Rows, RowsPerSecond = meter.PerSecond });

    /// <summary>What a silo in this process would tell.</summary>
    internal static SiloFacts Facts(SiloRole role) => new()
    {
        Version = role.Version ?? typeof(SiloFactsGrain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        VectorBits = VectorWidth.Bits,
        HasFusedMultiplyAdd = VectorWidth.HasFusedMultiplyAdd,
        Cores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        TakesWork = role.TakesWork,
    };
}
