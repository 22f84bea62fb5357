using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace GnMlNet.Balls.Matrices;

/// <summary>The inner loops of <see cref="DigitProduct"/>; all doubles are integers below 2^53, so every operation is exact.</summary>
internal static unsafe class DigitKernels
{
    /// <summary>Digits of the right side that are multiplied at once.</summary>
    public const int Group = 4;

    private const int Panel = IntegerMatrix.PanelColumns;

    /// <summary>Adds a digit of twelve columns of A times a group of digits of a column of B, summed over rows.</summary>
    /// <param name="a">The digit of the first tile.</param>
    /// <param name="tileStride">From a tile to the next.</param>
    /// <param name="b">The group of each row.</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <param name="sums">Twelve sums for the first digit of the group, then for the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* a, int tileStride, double* b, int tiles, double* sums)
    {
        Lanes c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Lanes c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (int tile = 0; tile < tiles; tile++, a += tileStride)
        {
            double* row = a;
            for (int i = 0; i < IntegerMatrix.TileRows; i++, row += Panel, b += Group)
            {
                Lanes a0 = Vector256.Load(row), a1 = Vector256.Load(row + 4), a2 = Vector256.Load(row + 8);
                Lanes x = Vector256.Create(b[0]);
                c00 = Vector256.MultiplyAddEstimate(x, a0, c00);
                c01 = Vector256.MultiplyAddEstimate(x, a1, c01);
                c02 = Vector256.MultiplyAddEstimate(x, a2, c02);
                x = Vector256.Create(b[1]);
                c10 = Vector256.MultiplyAddEstimate(x, a0, c10);
                c11 = Vector256.MultiplyAddEstimate(x, a1, c11);
                c12 = Vector256.MultiplyAddEstimate(x, a2, c12);
                x = Vector256.Create(b[2]);
                c20 = Vector256.MultiplyAddEstimate(x, a0, c20);
                c21 = Vector256.MultiplyAddEstimate(x, a1, c21);
                c22 = Vector256.MultiplyAddEstimate(x, a2, c22);
                x = Vector256.Create(b[3]);
                c30 = Vector256.MultiplyAddEstimate(x, a0, c30);
                c31 = Vector256.MultiplyAddEstimate(x, a1, c31);
                c32 = Vector256.MultiplyAddEstimate(x, a2, c32);
            }
        }

        AddTo(c00, c01, c02, sums);
        AddTo(c10, c11, c12, sums + Panel);
        AddTo(c20, c21, c22, sums + (2 * Panel));
        AddTo(c30, c31, c32, sums + (3 * Panel));
    }

    /// <summary>Makes twelve sums at each place digits of at most 2^21, carrying to the next place; what leaves the last place is dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Carry(double* sums, int places)
    {
        Lanes inverse = Vector256.Create(1 / IntegerMatrix.Radix), radix = Vector256.Create(IntegerMatrix.Radix);
        Lanes carry0 = default, carry1 = default, carry2 = default;
        for (int t = 0; t < places; t++, sums += Panel)
        {
            Lanes x0 = Vector256.Load(sums) + carry0, x1 = Vector256.Load(sums + 4) + carry1, x2 = Vector256.Load(sums + 8) + carry2;
            (carry0, carry1, carry2) = (Vector256.Round(x0 * inverse), Vector256.Round(x1 * inverse), Vector256.Round(x2 * inverse));
            (x0 - (carry0 * radix)).Store(sums);
            (x1 - (carry1 * radix)).Store(sums + 4);
            (x2 - (carry2 * radix)).Store(sums + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(Lanes x0, Lanes x1, Lanes x2, double* sums)
    {
        (Vector256.Load(sums) + x0).Store(sums);
        (Vector256.Load(sums + 4) + x1).Store(sums + 4);
        (Vector256.Load(sums + 8) + x2).Store(sums + 8);
    }
}
