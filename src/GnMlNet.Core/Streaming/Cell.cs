namespace GnMlNet.Core.Streaming;

/// <summary>The folds that a row is in, one of each partition; rows of a cell are left out by the same members.</summary>
/// <param name="First">The fold of the first partition.</param>
/// <param name="Second">The fold of the second partition; 0 where there is none.</param>
internal readonly record struct Cell(ushort First, ushort Second)
{
    /// <summary>Its fold of a partition, counted from 0.</summary>
    internal int Of(int partition) => partition == 0 ? First : Second;
}
