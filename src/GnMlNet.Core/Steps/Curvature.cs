using GnMlNet.Core.Data;

namespace GnMlNet.Core.Steps;

/// <summary>What the Gauss-Newton matrix A is made from. Loss and gradient always come from all rows, in double.</summary>
/// <param name="Sample">The rows.</param>
/// <param name="SinglePrecision">Whether products of a block of rows are summed in single precision.</param>
internal readonly record struct Curvature(RowSample Sample, bool SinglePrecision)
{
    /// <summary>Whether A is the matrix of all rows in double.</summary>
    internal bool IsExact => Sample.IsAll && !SinglePrecision;

    internal static Curvature Exact(int blockCount) => new(RowSample.All(blockCount), SinglePrecision: false);
}
