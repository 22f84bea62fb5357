namespace GnMlNet.Balls.Matrices;

/// <summary>One exact product A^T B digit by digit, faster than residues when B has few columns.</summary>
/// <remarks>docs/exact-matrices.md, "Products", digit by digit.</remarks>
internal sealed unsafe class DigitProduct
{
    // So many digits of B are worked on at a time.
    private const int Group = DigitKernels.Group;
    private const int MostTerms = 1 << 10;

    // With more, residues serve all columns at once.
    private const int MostColumns = 4;

    private readonly IntegerMatrix _a;
    private readonly int _digits;
    private readonly int _groups;
    private readonly int _rows;
    private readonly int _chunkTiles;
    private readonly int _resultDigits;

    private DigitProduct(IntegerMatrix a, int digits, int bits)
    {
        (_a, _digits, _groups, _rows) = (a, digits, (digits + Group - 1) / Group, a.PanelTiles * IntegerMatrix.TileRows);
        _chunkTiles = ChunkTiles(a, digits);
        _resultDigits = IntegerMatrix.DigitsFor(checked(BitOperations.Log2((uint)a.Rows) + 1 + a.Bits + bits));
    }

    // Digits of a result and room for all that is added.
    private int Places => Math.Max(_resultDigits, _a.Digits + (_groups * Group));

    /// <summary>A^T B; null when residues take fewer multiplications or the numbers have too many digits.</summary>
    public static IntegerMatrix? TryMultiply(IntegerMatrix a, IntegerMatrix b)
    {
        // Of an entry of A, with as many primes as digits of the product: its residues, and their products with a whole panel of B.
        long byResidues = (a.Digits + b.Digits) * (a.Digits + IntegerMatrix.PanelColumns), byDigits = (long)a.Digits * b.Digits * b.Columns;
        if (ChunkTiles(a, b.Digits) == 0 || b.Columns > MostColumns || byDigits >= byResidues) return null;
        var product = new DigitProduct(a, b.Digits, b.Bits);
        var result = new IntegerMatrix(a.Columns, b.Columns, product._resultDigits);
        using var column = new ScratchMemory((long)product._groups * Group * product._rows);
        for (int j = 0; j < b.Columns; j++)
        {
            product.Gather(b, j, column.Start);
            product.Run(column.Start, result, j);
        }

        return result.Tightened();
    }

    private static int ChunkTiles(IntegerMatrix a, int digits) => MostTerms / Math.Min(a.Digits, digits) / IntegerMatrix.TileRows;

    // Twelve entries of a column of the result at a time.
    private void Run(double* column, IntegerMatrix result, int resultColumn)
    {
        int places = Places;
        using var sums = new ScratchMemory((long)places * IntegerMatrix.PanelColumns);
        fixed (double* digits = _a.Storage)
        {
            for (int first = 0; first < _a.Columns; first += IntegerMatrix.PanelColumns)
            {
                double* panel = digits + ((long)(first / IntegerMatrix.PanelColumns) * _a.PanelTiles * _a.TileStride);
                new Span<double>(sums.Start, places * IntegerMatrix.PanelColumns).Clear();
                for (int tile = 0; tile < _a.PanelTiles; tile += _chunkTiles) AddChunk(panel, tile, column, sums.Start, places);
                int last = Math.Min(first + IntegerMatrix.PanelColumns, _a.Columns);
                for (int i = first; i < last; i++) result.SetDigits(i, resultColumn, sums.Start + (i - first), IntegerMatrix.PanelColumns);
            }
        }
    }

    // A group of digits of every row, then the next group; zeros beyond the last row and the last digit.
    private void Gather(IntegerMatrix b, int column, double* target)
    {
        new Span<double>(target, _groups * Group * _rows).Clear();
        for (int i = 0; i < b.Rows; i++)
        {
            for (int t = 0; t < _digits; t++) target[Place(i, t)] = b.Digit(i, column, t);
        }
    }

    private int Place(int row, int digit) => (((digit / Group * _rows) + row) * Group) + (digit % Group);

    private void AddChunk(double* panel, int firstTile, double* column, double* sums, int places)
    {
        int tiles = Math.Min(_chunkTiles, _a.PanelTiles - firstTile);
        for (int t = 0; t < _a.Digits; t++)
        {
            double* digit = panel + ((long)firstTile * _a.TileStride) + (t * IntegerMatrix.TileLength);
            for (int group = 0; group < _groups; group++)
            {
                double* right = column + Place(firstTile * IntegerMatrix.TileRows, group * Group);
                DigitKernels.Add(digit, _a.TileStride, right, tiles, sums + ((t + (group * Group)) * IntegerMatrix.PanelColumns));
            }
        }

        DigitKernels.Carry(sums, places);
    }
}
