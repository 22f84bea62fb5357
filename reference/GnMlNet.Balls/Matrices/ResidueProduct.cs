using System.Numerics;

namespace GnMlNet.Balls.Matrices;

/// <summary>One exact product A^T B through residues, with the conditions under which it is exact checked when it is set up.</summary>
/// <remarks>The proofs are in docs/exact-matrices.md.</remarks>
internal sealed unsafe class ResidueProduct
{
    private const int Group = 4;

    private readonly IntegerMatrix _a;
    private readonly IntegerMatrix _b;
    private readonly ChineseRemainder _system;
    private readonly int _resultBits;
    private readonly int _chunk;
    private readonly bool _isGram;

    private ResidueProduct(IntegerMatrix a, IntegerMatrix b, int resultBits, ChineseRemainder system)
    {
        (_a, _b, _resultBits, _system) = (a, b, resultBits, system);
        _isGram = ReferenceEquals(a, b);
        _chunk = ResiduePrimes.ChunkLength;
        long digit = 1L << (IntegerMatrix.DigitBits - 1), residue = ResiduePrimes.GreatestResidue, prime = ResiduePrimes.Prime(0);
        int chunks = (a.Rows + _chunk - 1) / _chunk;
        Assert(a.Rows == b.Rows, "the shapes fit");
        Assert(_chunk >= 1 && _chunk * residue * residue <= ResiduePrimes.ExactLimit - prime, "a chunk of products is summed exactly");
        Assert(chunks <= (ResiduePrimes.ExactLimit - prime) / residue, "the reduced sums of all chunks are summed exactly");
        Assert(residue * residue <= ResiduePrimes.ExactLimit - prime, "a residue is scaled exactly");
        Assert(Math.Max(a.Digits, b.Digits) * digit * residue <= ResiduePrimes.ExactLimit - prime, "digits are reduced exactly");
        Assert(system.Count <= ResiduePrimes.MostPrimes, "the quotient of remaindering is rounded to the right integer");
        Assert((system.Count * (residue + 1) + Group) * digit <= ResiduePrimes.ExactLimit / 2, "digits of the result are summed and carried exactly");
        Assert(ResiduePrimes.Product(system.Count) > BigInteger.One << (resultBits + 2), "the primes suffice for the result");
    }

    /// <summary>Sets up A^T B (symmetric when both are one object); null when it is too long for the primes or the digits.</summary>
    public static ResidueProduct? TrySetUp(IntegerMatrix a, IntegerMatrix b)
    {
        // |sum over rows| <= rows 2^bitsA 2^bitsB.
        int resultBits = checked(BitOperations.Log2((uint)a.Rows) + 1 + a.Bits + b.Bits);
        long mostDigits = (ResiduePrimes.ExactLimit - ResiduePrimes.Prime(0)) / (ResiduePrimes.GreatestResidue << (IntegerMatrix.DigitBits - 1));
        int count = ResiduePrimes.CountFor(resultBits);
        return count < 0 || Math.Max(a.Digits, b.Digits) > mostDigits ? null : new ResidueProduct(a, b, resultBits, ChineseRemainder.For(count));
    }

    /// <summary>The exact product.</summary>
    public IntegerMatrix Run()
    {
        int count = _system.Count, lengthA = _a.PlaneLength, lengthB = _b.PlaneLength;
        var result = new IntegerMatrix(_a.Columns, _b.Columns, IntegerMatrix.DigitsFor(_resultBits));
        long length = result.PlaneLength;
        using var products = new AlignedBuffer(count * length);
        using var residues = new AlignedBuffer((long)Group * (_isGram ? lengthA : lengthA + lengthB));
        double* a = residues.Start, b = _isGram ? a : a + ((long)Group * lengthA);
        for (int first = 0; first < count; first += Group)
        {
            Reduce(_a, first, a);
            if (!_isGram) Reduce(_b, first, b);
            for (int k = first; k < Math.Min(first + Group, count); k++)
            {
                Multiply(a + ((long)(k - first) * lengthA), b + ((long)(k - first) * lengthB), k, products.Start + (k * length), result.PaddedRows);
            }
        }

        Combine(products.Start, result);
        return result.Tightened();
    }

    private void Reduce(IntegerMatrix matrix, int first, double* residues)
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

        fixed (double* digits = matrix.Plane(0), weight = weights)
        {
            ResidueKernels.Reduce(digits, matrix.PlaneStride, matrix.Digits, matrix.PlaneLength, weight, primes, inverses, residues, matrix.PlaneLength);
        }
    }

    private void Multiply(double* a, double* b, int k, double* product, int rows)
    {
        double prime = _system.Primes[k], inverse = _system.Inverses[k];
        int panelStride = rows * IntegerMatrix.PanelColumns;
        for (int start = 0; start < _a.Rows; start += _chunk)
        {
            int terms = Math.Min(_chunk, _a.Rows - start), offset = start * IntegerMatrix.PanelColumns;
            for (int column = 0; column < _b.Columns; column += IntegerMatrix.PanelColumns)
            {
                int panel = column / IntegerMatrix.PanelColumns;
                for (int row = FirstRow(column); row < rows; row += IntegerMatrix.TileRows)
                {
                    (int panelOfA, int inPanel) = Math.DivRem(row, IntegerMatrix.PanelColumns);
                    double* tile = product + ((long)panel * panelStride) + (row * IntegerMatrix.PanelColumns);
                    ResidueKernels.AddTile(a + ((long)panelOfA * _a.PanelStride) + offset + inPanel, b + ((long)panel * _b.PanelStride) + offset, terms, prime, inverse, tile);
                }
            }
        }

        ResidueKernels.ReduceAndScale(product, (long)panelStride * ((_b.Columns + IntegerMatrix.PanelColumns - 1) / IntegerMatrix.PanelColumns), prime, inverse, _system.Factors[k]);
    }

    private void Combine(double* products, IntegerMatrix result)
    {
        // Digits beyond those of the table are zero.
        int digitCount = Math.Min(result.Digits, _system.Digits);
        Assert(digitCount == result.Digits, "the product of the primes has all digits of the result");
        fixed (double* digits = result.WritablePlane(0), inverses = _system.Inverses, table = _system.Table)
        {
            for (int column = 0; column < result.Columns; column += IntegerMatrix.PanelColumns)
            {
                int panel = column / IntegerMatrix.PanelColumns * result.PanelStride;
                for (int row = FirstRow(column); row < result.PaddedRows; row += IntegerMatrix.TileRows)
                {
                    int at = panel + (row * IntegerMatrix.PanelColumns);
                    ResidueKernels.Combine(products + at, result.PlaneLength, inverses, _system.Count, table, digitCount, digits + at, result.PlaneStride);
                }
            }
        }

        if (!_isGram) return;
        for (int t = 0; t < digitCount; t++) result.Mirror(t);
    }

    // A symmetric product is computed on and below the diagonal only.
    private int FirstRow(int column) => _isGram ? column : 0;

    private static void Assert(bool condition, string claim)
    {
        if (!condition) throw new InvalidOperationException($"Not certain that {claim}.");
    }
}
