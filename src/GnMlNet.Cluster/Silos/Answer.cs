using GnMlNet.Cluster.Messages;

namespace GnMlNet.Cluster.Silos;

/// <summary>An answer that is fetched in chunks: numbers or bytes.</summary>
internal readonly struct Answer
{
    private readonly double[]? _numbers;
    private readonly byte[]? _bytes;

    internal Answer(double[] numbers) => _numbers = numbers;

    internal Answer(byte[] bytes) => _bytes = bytes;

    internal long Length => _numbers is null ? _bytes!.Length : (long)_numbers.Length * sizeof(double);

    /// <summary>A chunk, without a copy.</summary>
    /// <param name="offset">Where it begins, in bytes; of numbers a multiple of their size.</param>
    /// <param name="count">How many bytes.</param>
    internal Block Chunk(long offset, int count) =>
        _numbers is null ? new Block(_bytes.AsMemory((int)offset, count)) : new Block((ReadOnlyMemory<double>)_numbers.AsMemory((int)(offset / sizeof(double)), count / sizeof(double)));
}
