using GnMlNet.Cluster.Coordination;
using GnMlNet.Cluster.Messages;

namespace GnMlNet.Cluster.Costs;

/// <summary>What one sum over the parts of a table takes of whom.</summary>
/// <param name="Core">Seconds of a core of the busiest silo.</param>
/// <param name="Wire">Seconds of the coordinator's wire.</param>
/// <param name="Coordinator">Seconds of a core of the coordinator, for its calls.</param>
/// <param name="Latency">Seconds of waiting for answers while nobody does anything.</param>
internal readonly record struct SumCost(double Core, double Wire, double Coordinator, double Latency)
{
    public static SumCost operator +(SumCost left, SumCost right) => new(left.Core + right.Core, left.Wire + right.Wire, left.Coordinator + right.Coordinator, left.Latency + right.Latency);

    public static SumCost operator *(double factor, SumCost cost) => new(factor * cost.Core, factor * cost.Wire, factor * cost.Coordinator, factor * cost.Latency);

    /// <summary>A sum over silos: the request goes to each in chunks, each adds up its parts on one core, then all chunks of all nodes' vectors come over the one wire of the coordinator.</summary>
    /// <param name="core">Seconds of a core of the busiest silo.</param>
    /// <param name="shares">Who has which parts.</param>
    /// <param name="requestNumbers">The numbers of the request.</param>
    /// <param name="numbers">The numbers of a vector.</param>
    /// <param name="rates">The rates.</param>
    internal static SumCost OverSilos(double core, PartShares shares, double requestNumbers, double numbers, ClusterRates rates)
    {
        double uploads = ChunksOf(requestNumbers), reads = ChunksOf(numbers);
        // Beside chunks there and back each silo is asked to begin and told to forget; nobody waits for the last.
        return new SumCost(
            core,
            sizeof(double) * ((shares.Silos * requestNumbers) + (shares.Nodes * numbers)) / rates.BytesPerSecond,
            ((shares.Silos * (uploads + 2)) + (shares.Nodes * reads)) * rates.CoordinatorSecondsOfCall,
            LatencyOf(uploads, reads, rates));
    }

    /// <summary>Requests to silos for members, all at once, each with an answer as long as it: nobody waits for the others' cores.</summary>
    /// <param name="members">How many members.</param>
    /// <param name="numbers">The numbers of a request and of an answer.</param>
    /// <param name="rates">The rates.</param>
    internal static SumCost ToMembers(int members, double numbers, ClusterRates rates)
    {
        double chunks = ChunksOf(numbers);
        return new SumCost(
            Core: 0,
            2 * sizeof(double) * members * numbers / rates.BytesPerSecond,
            members * ((2 * chunks) + 2) * rates.CoordinatorSecondsOfCall,
            LatencyOf(chunks, chunks, rates));
    }

    private static double LatencyOf(double uploads, double reads, ClusterRates rates) =>
        (Math.Ceiling(uploads / Chunks.UploadsInFlight) + 1 + Math.Ceiling(reads / Chunks.ReadsInFlight)) * rates.CallSeconds;

    private static double ChunksOf(double numbers) => Math.Ceiling(sizeof(double) * numbers / Block.ChunkBytes);
}
