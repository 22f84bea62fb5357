using System.Numerics;

namespace GnMlNet.Balls.Matrices;

/// <summary>One exact product A^T B digit by digit, faster than residues when B has few columns.</summary>
/// <remarks>
/// A product of two digits is at most 2^42. Digit t of the product collects those of at most min(digits of A, digits of B) pairs in each of the rows
/// of a chunk: at most 2^52 in all. What is carried on is below 2^32, and all sums are integers below 2^53, so they are exact. Each chunk ends with carrying.
/// </remarks>
internal sealed unsafe class DigitProduct
{
    // So many digits of B are worked on at a time.
    private const int Group = DigitKernels.Group;
    private const int MostTerms = 1 << 10;

    // With more, residues serve all columns at once.
    private const int MostColumns = 4;

    private readonly IntegerMatrix _a;
    private readonly IntegerMatrix _b;
    private readonly int _chunkTiles;
    private readonly int _resultBits;

    private DigitProduct(IntegerMatrix a, IntegerMatrix b, int chunkTiles) =>
        (_a, _b, _chunkTiles, _resultBits) = (a, b, chunkTiles, checked(BitOperations.Log2((uint)a.Rows) + 1 + a.Bits + b.Bits));

    /// <summary>Sets up A^T B; null when residues take fewer multiplications or the numbers have too many digits.</summary>
    public static DigitProduct? TrySetUp(IntegerMatrix a, IntegerMatrix b)
    {
        int chunkTiles = MostTerms / Math.Min(a.Digits, b.Digits) / IntegerMatrix.TileRows;
        // Of an entry of A, with as many primes as digits of the product: its residues, and their products with a whole panel of B.
        long byResidues = (a.Digits + b.Digits) * (a.Digits + IntegerMatrix.PanelColumns), byDigits = (long)a.Digits * b.Digits * b.Columns;
        return chunkTiles == 0 || b.Columns > MostColumns || byDigits >= byResidues ? null : new DigitProduct(a, b, chunkTiles);
    }

    /// <summary>The exact product.</summary>
    public IntegerMatrix Run()
    {
        var result = new IntegerMatrix(_a.Columns, _b.Columns, IntegerMatrix.DigitsFor(_resultBits));
        int groups = (_b.Digits + Group - 1) / Group, places = Math.Max(result.Digits, _a.Digits + (groups * Group));
        using var column = new ScratchMemory((long)groups * Group * _a.PanelTiles * IntegerMatrix.TileRows);
        using var sums = new ScratchMemory((long)places * IntegerMatrix.PanelColumns);
        fixed (double* digits = _a.Storage)
        {
            for (int j = 0; j < _b.Columns; j++)
            {
                Gather(j, column.Start, groups);
                for (int first = 0; first < _a.Columns; first += IntegerMatrix.PanelColumns)
                {
                    double* panel = digits + ((long)(first / IntegerMatrix.PanelColumns) * _a.PanelTiles * _a.TileStride);
                    new Span<double>(sums.Start, places * IntegerMatrix.PanelColumns).Clear();
                    for (int tile = 0; tile < _a.PanelTiles; tile += _chunkTiles) AddChunk(panel, tile, column.Start, groups, sums.Start, places);
                    Store(result, first, j, sums.Start);
                }
            }
        }

        return result.Tightened();
    }

    // A group of digits of every row, then the next group; zeros beyond the last row and the last digit.
    private void Gather(int column, double* target, int groups)
    {
        int rows = _a.PanelTiles * IntegerMatrix.TileRows;
        new Span<double>(target, groups * Group * rows).Clear();
        for (int i = 0; i < _b.Rows; i++)
        {
            for (int t = 0; t < _b.Digits; t++) target[(((t / Group * rows) + i) * Group) + (t % Group)] = _b.Digit(i, column, t);
        }
    }

    private void AddChunk(double* panel, int firstTile, double* column, int groups, double* sums, int places)
    {
        int tiles = Math.Min(_chunkTiles, _a.PanelTiles - firstTile), rows = _a.PanelTiles * IntegerMatrix.TileRows;
        for (int t = 0; t < _a.Digits; t++)
        {
            double* digit = panel + ((long)firstTile * _a.TileStride) + (t * IntegerMatrix.TileLength);
            for (int group = 0; group < groups; group++)
            {
                double* right = column + (((group * rows) + (firstTile * IntegerMatrix.TileRows)) * Group);
                DigitKernels.Add(digit, _a.TileStride, right, tiles, sums + ((t + (group * Group)) * IntegerMatrix.PanelColumns));
            }
        }

        DigitKernels.Carry(sums, places);
    }

    private static void Store(IntegerMatrix result, int firstRow, int column, double* sums)
    {
        int count = Math.Min(IntegerMatrix.PanelColumns, result.Rows - firstRow);
        for (int i = 0; i < count; i++) result.SetDigits(firstRow + i, column, sums + i, IntegerMatrix.PanelColumns);
    }
}
