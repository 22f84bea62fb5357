using System.Buffers.Binary;
using System.Collections.Concurrent;
using GnMlNet.Cluster.Work;

namespace GnMlNet.Cluster.Measuring;

/// <summary>Vectors that cost nothing to compute, to measure how fast a cluster adds them up: that of part p holds (p + 1) k at place k.</summary>
internal sealed class NumbersWorkFactory : IPartWorkFactory
{
    /// <summary>The kind of table.</summary>
    internal const string Kind = "numbers";

    /// <summary>The description of a table whose vectors are so long.</summary>
    internal static byte[] Description(int length)
    {
        byte[] description = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(description, length);
        return description;
    }

    public IPartWork Create(ReadOnlyMemory<byte> description, ShardFolders folders, CancellationToken cancellation) => new NumbersWork(BinaryPrimitives.ReadInt32LittleEndian(description.Span));

    private sealed class NumbersWork(int length) : IPartWork
    {
        private readonly ConcurrentDictionary<(int, int), double[]> _sums = new();

        public double[] Sum(ReadOnlyMemory<byte> request, int firstPart, int endPart, CancellationToken cancellation) => _sums.GetOrAdd((firstPart, endPart), _ =>
        {
            double factor = Enumerable.Range(firstPart, endPart - firstPart).Sum(part => part + 1.0);
            double[] sum = new double[length];
            for (int k = 0; k < sum.Length; k++) sum[k] = factor * k;
            return sum;
        });
    }
}
