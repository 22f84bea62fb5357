using System.Runtime.CompilerServices;

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
        PanelRow row0 = default, row1 = default, row2 = default, row3 = default;
        for (int tile = 0; tile < tiles; tile++, a += tileStride)
        {
            double* row = a;
            for (int i = 0; i < IntegerMatrix.TileRows; i++, row += Panel, b += Group)
            {
                PanelRow digits = PanelRow.Load(row);
                row0.AddMultiple(b[0], digits);
                row1.AddMultiple(b[1], digits);
                row2.AddMultiple(b[2], digits);
                row3.AddMultiple(b[3], digits);
            }
        }

        row0.AddTo(sums);
        row1.AddTo(sums + Panel);
        row2.AddTo(sums + (2 * Panel));
        row3.AddTo(sums + (3 * Panel));
    }

    /// <summary>Makes twelve sums at each place digits of at most 2^21, carrying to the next place; what leaves the last place is dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Carry(double* sums, int places)
    {
        PanelRow carry = default;
        for (int t = 0; t < places; t++, sums += Panel) carry = PanelRow.Load(sums).StoreDigits(carry, sums);
    }
}
