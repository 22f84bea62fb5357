using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GnMlNet.Core.LinearAlgebra;

/// <summary>Transposed copies of matrices stored row by row.</summary>
internal static unsafe class Transposition
{
    // Entries that are read, shuffled and written together, both ways.
    private const int Tile = 4;

    /// <summary>Entry (j, i) of the target becomes entry (i, j) of the source, which has some rows and columns; strides go from one row to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Copy(double* source, nint sourceStride, double* target, nint targetStride, int rows, int columns)
    {
        int wholeRows = Avx.IsSupported ? rows - (rows % Tile) : 0, wholeColumns = columns - (columns % Tile);
        for (int i = 0; i < wholeRows; i += Tile)
        {
            double* from = source + (i * sourceStride);
            double* to = target + i;
            for (int j = 0; j < wholeColumns; j += Tile) CopyTile(from + j, sourceStride, to + (j * targetStride), targetStride);
            for (int j = wholeColumns; j < columns; j++)
            {
                for (int r = 0; r < Tile; r++) to[(j * targetStride) + r] = from[(r * sourceStride) + j];
            }
        }

        for (int i = wholeRows; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) target[(j * targetStride) + i] = source[(i * sourceStride) + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyTile(double* source, nint sourceStride, double* target, nint targetStride)
    {
        Vector256<double> a = Vector256.Load(source), b = Vector256.Load(source + sourceStride);
        Vector256<double> c = Vector256.Load(source + (2 * sourceStride)), d = Vector256.Load(source + (3 * sourceStride));
        Vector256<double> ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b), cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(ab0, cd0, 0x20).Store(target);
        Avx.Permute2x128(ab1, cd1, 0x20).Store(target + targetStride);
        Avx.Permute2x128(ab0, cd0, 0x31).Store(target + (2 * targetStride));
        Avx.Permute2x128(ab1, cd1, 0x31).Store(target + (3 * targetStride));
    }
}
