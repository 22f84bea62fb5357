namespace GnMlNet.Cluster.Work;

/// <summary>What a silo computes of whole members of an ensemble. Made once per silo and table; used by many threads at once. One that is <see cref="IDisposable"/> is disposed of when the silo leaves the table.</summary>
public interface IMemberWork
{
    /// <summary>Does a piece of work. Another silo can take its place: what the answer depends on beside the request and the table is remembered of earlier requests, and where it is not the answer says so.</summary>
    /// <param name="request">What to compute; opaque to the cluster.</param>
    /// <param name="cancellation">Asks to stop, with an <see cref="OperationCanceledException"/>.</param>
    byte[] Run(ReadOnlyMemory<byte> request, CancellationToken cancellation);
}
