namespace GnMlNet.Balls.Matrices;

/// <summary>Quadratic forms b^T H^-1 b of the inverse of every symmetric H within a ball that is proved to be positive definite, each between two numbers.</summary>
/// <remarks>docs/exact-matrices.md, "Quadratic forms of the inverse". How the approximate inverse was found does not matter for the bounds.</remarks>
internal sealed class InverseForms
{
    // Of the approximate inverse and of first approximations: errors count squared.
    private const int FirstBits = 88;

    // Of a better approximation, each time.
    private const int MoreBits = 44;

    // A refinement that brings no form to a quarter of its radius has met what the balls leave open, or the bits of the approximate inverse.
    private const int LeastGainBits = 2;

    // A form that is closer than this is as good as a double can show.
    private const int EnoughBits = 80;

    private readonly SymmetricBall _matrix;
    private readonly Dyadic _smallest;
    private readonly ScaledIntegers _inverse;
    private readonly IntegerMatrix _inverseMatrix;

    /// <param name="matrix">H.</param>
    /// <param name="proof">What is proved of it, with a certificate.</param>
    public InverseForms(SymmetricBall matrix, SpectrumProof proof)
    {
        (_matrix, _smallest) = (matrix, proof.Bound.Lower);
        int n = matrix.Size;
        IntegerMatrix transposed = proof.Certificate!.Inverse.Transpose();
        BigInteger[] product = ExactProduct.SymmetricTransposeMultiply(transposed, transposed).ToEntries();
        _inverse = new ScaledIntegers(n, n, checked((2 * proof.Certificate.Exponent) - proof.Shift), product).KeepBits(FirstBits).Table;
        _inverseMatrix = _inverse.ToMatrix();
    }

    /// <summary>Contains each diagonal entry of H^-1.</summary>
    public Ball[] Diagonal()
    {
        var identity = new ScaledIntegers(_matrix.Size, _matrix.Size, 0);
        for (int i = 0; i < _matrix.Size; i++) identity[i, i] = BigInteger.One;
        return Refined(identity, Magnitude.Zero, _inverse);
    }

    /// <summary>Contains b^T H^-1 b for each column b.</summary>
    /// <param name="columns">b, n x q, approximately.</param>
    /// <param name="columnError">A bound on the Euclidean norm of what each column misses.</param>
    public Ball[] Of(ScaledIntegers columns, Magnitude columnError) => Refined(columns, columnError, Approximate(columns, FirstBits));

    // H^-1 B, approximately: the approximate inverse is nearly its own transpose.
    private ScaledIntegers Approximate(ScaledIntegers columns, int bits)
    {
        ScaledIntegers b = columns.KeepBits(bits).Table;
        BigInteger[] product = ExactProduct.TransposeMultiply(_inverseMatrix, b.ToMatrix()).ToEntries();
        return new ScaledIntegers(b.Rows, b.Columns, checked(_inverse.Exponent + b.Exponent), product).KeepBits(bits).Table;
    }

    private Ball[] Refined(ScaledIntegers columns, Magnitude columnError, ScaledIntegers solutions)
    {
        (Ball[] best, ScaledIntegers residuals) = Enclose(_matrix, _smallest, columns, columnError, solutions);
        for (int bits = FirstBits + MoreBits; best.Any(form => form.Radius << EnoughBits > Magnitude.Of(form.Midpoint)); bits += MoreBits)
        {
            solutions = solutions.Plus(Approximate(residuals, FirstBits)).KeepBits(bits).Table;
            (Ball[] forms, residuals) = Enclose(_matrix, _smallest, columns, columnError, solutions);
            bool gained = best.Zip(forms).Any(pair => pair.Second.Radius << LeastGainBits <= pair.First.Radius);
            best = [.. best.Zip(forms, (first, second) => first.Radius < second.Radius ? first : second)];
            if (!gained) break;
        }

        return best;
    }

    /// <summary>Contains b^T H^-1 b for each column b, whatever the approximate solutions are, with the residuals that these leave.</summary>
    /// <param name="matrix">H, positive definite.</param>
    /// <param name="smallest">At most the smallest eigenvalue of every H, above zero.</param>
    /// <param name="columns">b, n x q, approximately.</param>
    /// <param name="columnError">A bound on the Euclidean norm of what each column misses.</param>
    /// <param name="solutions">z, n x q: the closer to H^-1 b, the narrower the result.</param>
    internal static (Ball[] Forms, ScaledIntegers Residuals) Enclose(SymmetricBall matrix, Dyadic smallest, ScaledIntegers columns, Magnitude columnError, ScaledIntegers solutions)
    {
        // The midpoint is its own transpose.
        BigInteger[] images = ExactProduct.TransposeMultiply(matrix.Midpoint, solutions.ToMatrix()).ToEntries();
        ScaledIntegers residuals = columns.Plus(new ScaledIntegers(columns.Rows, columns.Columns, checked(matrix.Exponent + solutions.Exponent), images).Times(-1));
        Ball[] forms = [.. Enumerable.Range(0, columns.Columns).Select(j =>
        {
            Magnitude size = solutions.ColumnNorm(j), rest = residuals.ColumnNorm(j) + columnError + (matrix.RadiusNorm * size);
            Magnitude known = ((size * columnError) << 1) + (matrix.RadiusNorm * size * size);
            return new Ball(solutions.ColumnProduct(columns, j) + solutions.ColumnProduct(residuals, j), known + (rest * rest / smallest.LowerMagnitude()));
        })];
        return (forms, residuals);
    }
}
