using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Kernels;

/// <summary>
/// Room for the values of a kernel between blocks of points, in single precision, so that one product with its matrix after the other need not make them again: the first pairs of blocks, as many as the room
/// allows. Serves one matrix at a time, and the next one with the same room.
/// </summary>
internal sealed class KernelValues
{
    // A product reads this much in a fraction of the time that it takes to make it.
    private const double MostBytes = 1 << 28;

    private const int PairLength = RadialTile<float>.Block * RadialTile<float>.Block;

    private readonly float[]?[] _pairs;

    /// <param name="rows">The points of the matrix.</param>
    /// <param name="mostBytes">What is left of the memory that the run may take.</param>
    internal KernelValues(long rows, double mostBytes) => _pairs = new float[(int)Math.Max(0, Math.Min(MostBytes, Math.Min(mostBytes, Bytes(rows))) / (PairLength * sizeof(float)))][];

    /// <summary>Whether values are kept for good; false while they are being made.</summary>
    internal bool AreMade { get; set; }

    /// <summary>Where the values of a pair of blocks are kept, row by row, or nothing where there is no room for them. Pairs are independent of each other.</summary>
    internal Span<float> Of(int pair) => pair < _pairs.Length ? _pairs[pair] ??= GC.AllocateUninitializedArray<float>(PairLength) : [];

    private static double Bytes(long rows)
    {
        double blocks = Math.Ceiling((double)rows / RadialTile<float>.Block);
        return blocks * (blocks + 1) / 2 * PairLength * sizeof(float);
    }
}
