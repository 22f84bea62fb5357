using System.Runtime.CompilerServices;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// J v and J^T u of one block of rows from the factors of J (see <see cref="JacobianFactors{T}"/>).
/// Linear in the number of parameters, where <see cref="StructuredGram"/> is quadratic.
/// </summary>
internal static unsafe class JacobianProducts
{
    /// <summary>target = J v: sum_i s_ji (sum_k x_jk v_ik) + sum_l e_jl v_l.</summary>
    /// <param name="block">The factors.</param>
    /// <param name="vector">v, one number a parameter: the hidden weights unit by unit, then the others.</param>
    /// <param name="target">One number a row of the block.</param>
    [SkipLocalsInit]
    internal static void Multiply(JacobianFactors<double> block, ReadOnlySpan<double> vector, Span<double> target)
    {
        Span<double> sum = stackalloc double[BlockSize.Rows];
        target.Clear();
        int hidden = block.UnitCount * block.InputCount;
        for (int l = hidden; l < vector.Length; l++) Vectors.AddScaled(block.Other(l - hidden), vector[l], target);
        for (int i = 0; i < block.UnitCount; i++)
        {
            Vectors.Combine(block.Inputs.Slice(0, block.Inputs.Length), BlockSize.Stride, vector.Slice(i * block.InputCount, block.InputCount), 0, sum);
            Vectors.AddProduct(block.Slope(i), sum, target);
        }
    }

    /// <summary>target = J^T u: sum_j (s_ji u_j) x_jk for the hidden weights, sum_j e_jl u_j for the others.</summary>
    /// <param name="block">The factors.</param>
    /// <param name="rows">u, one number a row of the block.</param>
    /// <param name="target">One number a parameter: the hidden weights unit by unit, then the others.</param>
    [SkipLocalsInit]
    internal static void MultiplyTransposed(JacobianFactors<double> block, ReadOnlySpan<double> rows, Span<double> target)
    {
        (int units, int inputs) = (block.UnitCount, block.InputCount);
        double* panel = stackalloc double[DotTile.Rows * BlockSize.Stride];
        double* tile = stackalloc double[DotTile.Size];
        double* x = block.Inputs.Pointer;
        for (int i = 0; i < units; i += DotTile.Rows)
        {
            int used = Math.Min(DotTile.Rows, units - i);
            for (int r = 0; r < used; r++) Vectors.Multiply(block.Slope(i + r), rows, new Span<double>(panel + (r * BlockSize.Stride), BlockSize.Rows));
            for (int k = 0; k < inputs; k += DotTile.MostColumns)
            {
                int width = Math.Min(DotTile.MostColumns, inputs - k);
                new Span<double>(tile, DotTile.Size).Clear();
                DotTile.Accumulate(BlockSize.Rows, panel, BlockSize.Stride, x + (k * BlockSize.Stride), BlockSize.Stride, width, tile);
                for (int r = 0; r < used; r++) new Span<double>(tile + (r * DotTile.MostColumns), width).CopyTo(target[(((i + r) * inputs) + k)..]);
            }
        }

        int hidden = units * inputs;
        for (int l = hidden; l < target.Length; l++) target[l] = Vectors.Dot(block.Other(l - hidden), rows);
    }

    /// <summary>target = the diagonal of J^T J: sum_j s_ji^2 x_jk^2 for the hidden weights, sum_j e_jl^2 for the others.</summary>
    [SkipLocalsInit]
    internal static void SquareColumns(JacobianFactors<double> block, Span<double> target)
    {
        Span<double> column = stackalloc double[BlockSize.Rows];
        for (int i = 0; i < block.UnitCount; i++)
        {
            for (int k = 0; k < block.InputCount; k++)
            {
                Vectors.Multiply(block.Slope(i), block.Input(k), column);
                target[(i * block.InputCount) + k] = Vectors.Dot(column, column);
            }
        }

        int hidden = block.UnitCount * block.InputCount;
        for (int l = hidden; l < target.Length; l++) target[l] = Vectors.Dot(block.Other(l - hidden), block.Other(l - hidden));
    }
}
