using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>
/// J v and J^T u of one block of rows from the factors of J (see <see cref="JacobianFactors{T}"/>).
/// Linear in the number of parameters, where <see cref="StructuredGram"/> is quadratic.
/// </summary>
internal static unsafe class JacobianProducts
{
    // 4 units by 2 vectors of rows: 8 sums, 2 inputs and one weight stay in registers over all inputs.
    private const int TileUnits = 4;
    private const int TileVectors = 2;

    /// <summary>target = J v: sum_i s_ji (sum_k x_jk v_ik) + sum_l e_jl v_l.</summary>
    /// <param name="block">The factors.</param>
    /// <param name="vector">v, one number a parameter: the hidden weights unit by unit, then the others.</param>
    /// <param name="target">One number a row of the block.</param>
    internal static void Multiply<T>(JacobianFactors<T> block, ReadOnlySpan<T> vector, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        fixed (T* v = vector, to = target[..JacobianFactors<T>.Rows])
        {
            int others = vector.Length - (block.UnitCount * block.InputCount);
            if (Vector512.IsHardwareAccelerated) Multiply<T, WideTileLanes<T>>(block, v, others, to);
            else Multiply<T, NativeTileLanes<T>>(block, v, others, to);
        }
    }

    /// <summary>target = J^T u: sum_j (s_ji u_j) x_jk for the hidden weights, sum_j e_jl u_j for the others.</summary>
    /// <param name="block">The factors.</param>
    /// <param name="rows">u, one number a row of the block.</param>
    /// <param name="target">One number a parameter: the hidden weights unit by unit, then the others.</param>
    [SkipLocalsInit]
    internal static void MultiplyTransposed<T>(JacobianFactors<T> block, ReadOnlySpan<T> rows, Span<double> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = JacobianFactors<T>.Rows, stride = JacobianFactors<T>.Stride;
        (int units, int inputs) = (block.UnitCount, block.InputCount);
        T* panel = stackalloc T[DotTile.Rows * stride];
        double* tile = stackalloc double[DotTile.Size];
        T* x = block.Inputs.Pointer;
        for (int i = 0; i < units; i += DotTile.Rows)
        {
            int used = Math.Min(DotTile.Rows, units - i);
            for (int r = 0; r < used; r++) Vectors.Multiply<T>(block.Slope(i + r), rows, new Span<T>(panel + (r * stride), length));
            for (int k = 0; k < inputs; k += DotTile.MostColumns)
            {
                int width = Math.Min(DotTile.MostColumns, inputs - k);
                new Span<double>(tile, DotTile.Size).Clear();
                DotTile.Accumulate(length, panel, stride, x + (k * stride), stride, width, tile);
                for (int r = 0; r < used; r++) new Span<double>(tile + (r * DotTile.MostColumns), width).CopyTo(target[(((i + r) * inputs) + k)..]);
            }
        }

        int hidden = units * inputs;
        fixed (T* u = rows)
        {
            for (int l = hidden; l < target.Length; l++) target[l] = double.CreateTruncating(Vectors.Dot(block.Others.Pointer + ((nint)(l - hidden) * stride), u, length));
        }
    }

    /// <summary>target = the diagonal of J^T J: sum_j s_ji^2 x_jk^2 for the hidden weights, sum_j e_jl^2 for the others.</summary>
    [SkipLocalsInit]
    internal static void SquareColumns<T>(JacobianFactors<T> block, Span<double> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = JacobianFactors<T>.Rows, stride = JacobianFactors<T>.Stride;
        (int units, int inputs) = (block.UnitCount, block.InputCount);
        T* panel = stackalloc T[(DotTile.Rows + DotTile.MostColumns) * stride];
        T* squares = panel + (DotTile.Rows * stride);
        double* tile = stackalloc double[DotTile.Size];
        for (int k = 0; k < inputs; k += DotTile.MostColumns)
        {
            int width = Math.Min(DotTile.MostColumns, inputs - k);
            for (int c = 0; c < width; c++) Vectors.Multiply<T>(block.Input(k + c), block.Input(k + c), new Span<T>(squares + (c * stride), length));
            for (int i = 0; i < units; i += DotTile.Rows)
            {
                int used = Math.Min(DotTile.Rows, units - i);
                for (int r = 0; r < used; r++) Vectors.Multiply<T>(block.Slope(i + r), block.Slope(i + r), new Span<T>(panel + (r * stride), length));
                new Span<double>(tile, DotTile.Size).Clear();
                DotTile.Accumulate(length, panel, stride, squares, stride, width, tile);
                for (int r = 0; r < used; r++) new Span<double>(tile + (r * DotTile.MostColumns), width).CopyTo(target[(((i + r) * inputs) + k)..]);
            }
        }

        int hidden = units * inputs;
        for (int l = hidden; l < target.Length; l++)
        {
            T* other = block.Others.Pointer + ((nint)(l - hidden) * stride);
            target[l] = double.CreateTruncating(Vectors.Dot(other, other, length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<T, TLanes>(JacobianFactors<T> block, T* v, int others, T* target)
        where T : unmanaged, INumberBase<T>
        where TLanes : struct, ITileLanes<TLanes, T>
    {
        nint rows = JacobianFactors<T>.Rows, stride = JacobianFactors<T>.Stride, width = TLanes.Count;
        int units = block.UnitCount, inputs = block.InputCount;
        T* otherWeights = v + ((nint)units * inputs);
        for (nint j = 0; j < rows; j += TileVectors * width)
        {
            TLanes y0 = default, y1 = default;
            T* e = block.Others.Pointer + j;
            for (int l = 0; l < others; l++, e += stride)
            {
                TLanes factor = TLanes.Of(otherWeights[l]);
                y0 = TLanes.MultiplyAdd(factor, TLanes.Load(e), y0);
                y1 = TLanes.MultiplyAdd(factor, TLanes.Load(e + width), y1);
            }

            T* x = block.Inputs.Pointer + j, s = block.Slopes.Pointer + j, w = v;
            int i = 0;
            for (; i + TileUnits <= units; i += TileUnits, w += TileUnits * inputs, s += TileUnits * stride)
            {
                TLanes z00 = default, z01 = default, z10 = default, z11 = default, z20 = default, z21 = default, z30 = default, z31 = default;
                T* w1 = w + inputs, w2 = w1 + inputs, w3 = w2 + inputs, column = x;
                for (int k = 0; k < inputs; k++, column += stride)
                {
                    TLanes x0 = TLanes.Load(column), x1 = TLanes.Load(column + width);
                    TLanes weight = TLanes.Of(w[k]);
                    z00 = TLanes.MultiplyAdd(weight, x0, z00);
                    z01 = TLanes.MultiplyAdd(weight, x1, z01);
                    weight = TLanes.Of(w1[k]);
                    z10 = TLanes.MultiplyAdd(weight, x0, z10);
                    z11 = TLanes.MultiplyAdd(weight, x1, z11);
                    weight = TLanes.Of(w2[k]);
                    z20 = TLanes.MultiplyAdd(weight, x0, z20);
                    z21 = TLanes.MultiplyAdd(weight, x1, z21);
                    weight = TLanes.Of(w3[k]);
                    z30 = TLanes.MultiplyAdd(weight, x0, z30);
                    z31 = TLanes.MultiplyAdd(weight, x1, z31);
                }

                T* s1 = s + stride, s2 = s1 + stride, s3 = s2 + stride;
                y0 = TLanes.MultiplyAdd(TLanes.Load(s), z00, y0);
                y1 = TLanes.MultiplyAdd(TLanes.Load(s + width), z01, y1);
                y0 = TLanes.MultiplyAdd(TLanes.Load(s1), z10, y0);
                y1 = TLanes.MultiplyAdd(TLanes.Load(s1 + width), z11, y1);
                y0 = TLanes.MultiplyAdd(TLanes.Load(s2), z20, y0);
                y1 = TLanes.MultiplyAdd(TLanes.Load(s2 + width), z21, y1);
                y0 = TLanes.MultiplyAdd(TLanes.Load(s3), z30, y0);
                y1 = TLanes.MultiplyAdd(TLanes.Load(s3 + width), z31, y1);
            }

            for (; i < units; i++, w += inputs, s += stride)
            {
                TLanes z0 = default, z1 = default;
                T* column = x;
                for (int k = 0; k < inputs; k++, column += stride)
                {
                    TLanes weight = TLanes.Of(w[k]);
                    z0 = TLanes.MultiplyAdd(weight, TLanes.Load(column), z0);
                    z1 = TLanes.MultiplyAdd(weight, TLanes.Load(column + width), z1);
                }

                y0 = TLanes.MultiplyAdd(TLanes.Load(s), z0, y0);
                y1 = TLanes.MultiplyAdd(TLanes.Load(s + width), z1, y1);
            }

            TLanes.Store(y0, target + j);
            TLanes.Store(y1, target + j + width);
        }
    }
}
