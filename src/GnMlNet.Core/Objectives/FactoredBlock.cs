using GnMlNet.Core.LinearAlgebra;

namespace GnMlNet.Core.Objectives;

/// <summary>One block of rows of <see cref="NetworkResiduals"/> at the point in question, while its pass goes on.</summary>
/// <param name="FirstRow">The number of its first row within the sample.</param>
/// <param name="RowCount">How many rows are in use.</param>
/// <param name="Factors">The factors of diag(sqrt(w)) J.</param>
/// <param name="Residuals">sqrt(w_j) r_j, one for every row of a whole block.</param>
/// <param name="Weights">w_j, one for every row of a whole block; 0 where it is unused.</param>
/// <param name="Sum">Room for a share in a sum over all rows, one number a trained parameter.</param>
internal readonly record struct FactoredBlock(int FirstRow, int RowCount, JacobianFactors<double> Factors, double[] Residuals, double[] Weights, double[] Sum)
{
    /// <summary>This block's share of a vector with one number a row, in whole blocks.</summary>
    internal Span<double> Of(double[] rows) => rows.AsSpan(FirstRow, BlockSize.Rows);
}
