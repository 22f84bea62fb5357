namespace GnMlNet.Core.LinearAlgebra;

/// <summary>The size of a block of rows, which all passes over rows work on, one column after the other.</summary>
internal static class BlockSize
{
    /// <summary>Rows in a block: 256 doubles a column keep a few dozen columns in the first-level cache.</summary>
    internal const int Rows = 256;

    /// <summary>From one column to the next: a cache line more than the rows, so that equal rows of neighbouring columns do not compete for one place in the cache.</summary>
    internal const int Stride = Rows + 8;
}
