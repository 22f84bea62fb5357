namespace GnMlNet.Balls.Matrices;

/// <summary>One exact product A^T B through residues, with the conditions under which it is exact checked when it is set up.</summary>
/// <remarks>The proofs are in docs/exact-matrices.md.</remarks>
internal sealed unsafe class ResidueProduct
{
    private const int Group = 4;
    private const int TilesPerPanelWidth = IntegerMatrix.PanelColumns / IntegerMatrix.TileRows;

    private readonly IntegerMatrix _a;
    private readonly IntegerMatrix _b;
    private readonly ChineseRemainder _system;
    private readonly int[] _usedRowsA;
    private readonly int[] _usedRowsB;
    private readonly int _resultBits;
    private readonly int _chunk;
    private readonly bool _isGram;
    private readonly bool _isSymmetric;

    private ResidueProduct(IntegerMatrix a, IntegerMatrix b, bool isSymmetric, int resultBits, ChineseRemainder system)
    {
        (_a, _b, _resultBits, _system) = (a, b, resultBits, system);
        _isGram = ReferenceEquals(a, b);
        _isSymmetric = _isGram || isSymmetric;
        _chunk = ResiduePrimes.ChunkLength;
        long digit = 1L << (IntegerMatrix.DigitBits - 1), residue = ResiduePrimes.GreatestResidue, prime = ResiduePrimes.Prime(0);
        int chunks = (a.Rows + _chunk - 1) / _chunk;
        (_usedRowsA, _usedRowsB) = (a.UsedRows(), b.UsedRows());
        Assert(a.Rows == b.Rows, "the shapes fit");
        Assert(_chunk >= 1 && _chunk * residue * residue <= ResiduePrimes.ExactLimit - prime, "a chunk of products is summed exactly");
        Assert(chunks <= (ResiduePrimes.ExactLimit - prime) / residue, "the reduced sums of all chunks are summed exactly");
        Assert(residue * residue <= ResiduePrimes.ExactLimit - prime, "a residue is scaled exactly");
        Assert(Math.Max(a.Digits, b.Digits) * digit * residue <= ResiduePrimes.ExactLimit - prime, "digits are reduced exactly");
        Assert(system.Count <= ResiduePrimes.MostPrimes, "the quotient of remaindering is rounded to the right integer");
        Assert((system.Count * (residue + 1) + Group) * digit <= ResiduePrimes.ExactLimit / 2, "digits of the result are summed and carried exactly");
        Assert(ResiduePrimes.Product(system.Count) > BigInteger.One << (resultBits + 2), "the primes suffice for the result");
    }

    /// <summary>Sets up A^T B; null when it is too long for the primes or the digits.</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B; the same object for a Gram matrix.</param>
    /// <param name="isSymmetric">Only entries on and below the diagonal are computed, and copied to those above.</param>
    public static ResidueProduct? TrySetUp(IntegerMatrix a, IntegerMatrix b, bool isSymmetric = false)
    {
        // |sum over rows| <= rows 2^bitsA 2^bitsB.
        int resultBits = checked(BitOperations.Log2((uint)a.Rows) + 1 + a.Bits + b.Bits);
        long mostDigits = (ResiduePrimes.ExactLimit - ResiduePrimes.Prime(0)) / (ResiduePrimes.GreatestResidue << (IntegerMatrix.DigitBits - 1));
        int count = ResiduePrimes.CountFor(resultBits);
        return count < 0 || Math.Max(a.Digits, b.Digits) > mostDigits ? null : new ResidueProduct(a, b, isSymmetric, resultBits, ChineseRemainder.For(count));
    }

    /// <summary>The exact product.</summary>
    /// <param name="isLowerEnough">A symmetric one may lack the entries above the diagonal.</param>
    /// <param name="isTemporary">Whether it is to be recycled.</param>
    public IntegerMatrix Run(bool isLowerEnough = false, bool isTemporary = false)
    {
        var result = new IntegerMatrix(_a.Columns, _b.Columns, IntegerMatrix.DigitsFor(_resultBits), isTemporary);
        long strideA = Stride(_a), strideB = Stride(_b), stride = Stride(result);
        using var products = new ScratchMemory(_system.Count * stride);
        using var residues = new ScratchMemory(Group * (_isGram ? strideA : strideA + strideB));
        double* a = residues.Start, b = _isGram ? a : a + (Group * strideA);
        for (int first = 0; first < _system.Count; first += Group)
        {
            Reduce(_a, first, a, strideA);
            if (!_isGram) Reduce(_b, first, b, strideB);
            for (int k = first; k < Math.Min(first + Group, _system.Count); k++)
            {
                Multiply(a + ((k - first) * strideA), b + ((k - first) * strideB), k, products.Start + (k * stride), result.PanelTiles);
            }
        }

        Combine(products.Start, stride, result);
        if (_isSymmetric && !isLowerEnough) result.Mirror();
        return result.Tightened();
    }

    // Residues of one prime; an odd number of cache lines apart those of different primes do not compete for one place in the cache.
    private static long Stride(IntegerMatrix matrix) => ((long)matrix.TileCount * IntegerMatrix.TileLength / 16 * 16) + 24;

    private void Reduce(IntegerMatrix matrix, int first, double* residues, long stride)
    {
        double* primes = stackalloc double[Group];
        double* inverses = stackalloc double[Group];
        var weights = new double[Group * matrix.Digits];
        for (int g = 0; g < Group; g++)
        {
            // Past the last prime the last one is repeated: the residues are not used.
            int k = Math.Min(first + g, _system.Count - 1);
            long prime = ResiduePrimes.Prime(k), power = 1;
            (primes[g], inverses[g]) = (_system.Primes[k], _system.Inverses[k]);
            for (int t = 0; t < matrix.Digits; t++, power = (power << IntegerMatrix.DigitBits) % prime) weights[(Group * t) + g] = 2 * power > prime ? power - prime : power;
        }

        fixed (double* digits = matrix.Storage, weight = weights)
        {
            double* tile = digits;
            for (int i = 0; i < matrix.TileCount; i++, tile += matrix.TileStride, residues += IntegerMatrix.TileLength)
            {
                ResidueKernels.Reduce(tile, matrix.Digits, weight, primes, inverses, residues, stride);
            }
        }
    }

    private void Multiply(double* a, double* b, int k, double* product, int tiles)
    {
        double prime = _system.Primes[k], inverse = _system.Inverses[k];
        int panels = (_b.Columns + IntegerMatrix.PanelColumns - 1) / IntegerMatrix.PanelColumns;
        long panelA = (long)_a.PanelTiles * IntegerMatrix.TileLength, panelB = (long)_b.PanelTiles * IntegerMatrix.TileLength;
        new Span<double>(product, checked(panels * tiles * IntegerMatrix.TileLength)).Clear();
        for (int start = 0; start < _a.Rows; start += _chunk)
        {
            int offset = start * IntegerMatrix.PanelColumns;
            for (int panel = 0; panel < panels; panel++)
            {
                for (int tile = FirstTile(panel); tile < tiles; tile++)
                {
                    // Rows 4 tile, ... of the product are columns of A, three tiles to a panel.
                    (int panelOfA, int third) = Math.DivRem(tile, TilesPerPanelWidth);
                    int terms = Math.Min(_chunk, Math.Min(_usedRowsA[panelOfA], _usedRowsB[panel]) - start);
                    if (terms <= 0) continue;
                    ResidueKernels.AddTile(
                        a + (panelOfA * panelA) + offset + (third * IntegerMatrix.TileRows),
                        b + (panel * panelB) + offset,
                        terms,
                        prime,
                        inverse,
                        product + ((((long)panel * tiles) + tile) * IntegerMatrix.TileLength));
                }
            }
        }

        ResidueKernels.ReduceAndScale(product, (long)panels * tiles * IntegerMatrix.TileLength, prime, inverse, _system.Factors[k]);
    }

    private void Combine(double* products, long stride, IntegerMatrix result)
    {
        Assert(result.Digits <= _system.Digits, "the product of the primes has all digits of the result");
        fixed (double* digits = result.Storage, inverses = _system.Inverses, table = _system.Table)
        {
            for (int tile = 0; tile < result.TileCount; tile++)
            {
                (int panel, int inPanel) = Math.DivRem(tile, result.PanelTiles);
                if (inPanel < FirstTile(panel)) continue;
                ResidueKernels.Combine(
                    products + ((long)tile * IntegerMatrix.TileLength), stride, inverses, _system.Count, table, result.Digits, digits + ((long)tile * result.TileStride));
            }
        }
    }

    // A symmetric product is computed on and below the diagonal only.
    private int FirstTile(int panel) => _isSymmetric ? panel * TilesPerPanelWidth : 0;

    private static void Assert(bool condition, string claim)
    {
        if (!condition) throw new InvalidOperationException($"Not certain that {claim}.");
    }
}
