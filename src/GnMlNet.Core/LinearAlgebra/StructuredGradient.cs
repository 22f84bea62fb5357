namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// J^T r of one block of rows from the factors of J (see <see cref="JacobianFactors"/>): sum_j (s_ji r_j) x_jk for the hidden weights, sum_j e_jl r_j for
/// the others. Linear in the number of parameters, where <see cref="StructuredGram"/> is quadratic.
/// </summary>
internal static unsafe class StructuredGradient
{
    /// <summary>target = J^T r.</summary>
    /// <param name="block">The factors.</param>
    /// <param name="residual">r, one number a row of the block.</param>
    /// <param name="units">How many slope columns there are.</param>
    /// <param name="inputs">How many input columns there are.</param>
    /// <param name="target">One number a parameter: the hidden weights unit by unit, then the others.</param>
    internal static void Compute(JacobianFactors block, ReadOnlySpan<double> residual, int units, int inputs, Span<double> target)
    {
        double* panel = stackalloc double[DotTile.Rows * RowBlock.Stride];
        double* tile = stackalloc double[DotTile.Size];
        fixed (double* x = block.Inputs!.Values)
        {
            for (int i = 0; i < units; i += DotTile.Rows)
            {
                int rows = Math.Min(DotTile.Rows, units - i);
                for (int r = 0; r < rows; r++) Vectors.Multiply(block.Slope(i + r), residual, new Span<double>(panel + (r * RowBlock.Stride), RowBlock.Capacity));
                for (int k = 0; k < inputs; k += DotTile.MostColumns)
                {
                    int width = Math.Min(DotTile.MostColumns, inputs - k);
                    new Span<double>(tile, DotTile.Size).Clear();
                    DotTile.Accumulate(RowBlock.Capacity, panel, RowBlock.Stride, x + (k * RowBlock.Stride), RowBlock.Stride, width, tile);
                    for (int r = 0; r < rows; r++) new Span<double>(tile + (r * DotTile.MostColumns), width).CopyTo(target[(((i + r) * inputs) + k)..]);
                }
            }
        }

        int hidden = units * inputs;
        for (int l = hidden; l < target.Length; l++) target[l] = Vectors.Dot(block.Other(l - hidden), residual);
    }
}
