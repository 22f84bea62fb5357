using GnMlNet.Core.Data;

namespace GnMlNet.Core.Objectives;

/// <summary>What the Gauss-Newton matrix is made from. Loss and gradient always come from all rows, in double.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="SinglePrecision">Whether products of a block of rows are summed in single precision.</param>
internal readonly record struct CurvatureSample(RowSample Rows, bool SinglePrecision)
{
    /// <summary>Whether the matrix is that of all rows in double.</summary>
    internal bool IsExact => Rows.IsAll && !SinglePrecision;

    internal static CurvatureSample Exact(int blockCount) => new(RowSample.All(blockCount), SinglePrecision: false);
}
