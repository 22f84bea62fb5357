namespace GnMlNet.Cluster.Work;

/// <summary>What a silo computes of the parts of a table. Made once per silo and table; used by many threads at once. One that is <see cref="IDisposable"/> is disposed of when the silo leaves the table.</summary>
public interface IPartWork
{
    /// <summary>The sum of the vectors of some parts.</summary>
    /// <param name="request">What to compute; opaque to the cluster.</param>
    /// <param name="firstPart">The first part.</param>
    /// <param name="endPart">The number behind the last part. The range is a node of <see cref="SumTree"/>.</param>
    /// <param name="cancellation">Asks to stop, with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The sum in the order of <see cref="SumTree"/>, with the same bits on every silo, and of the same length for all ranges; an array that nobody else writes to.</returns>
    double[] Sum(ReadOnlyMemory<byte> request, int firstPart, int endPart, CancellationToken cancellation);
}
