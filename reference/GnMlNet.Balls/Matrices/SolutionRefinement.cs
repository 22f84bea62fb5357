using System.Numerics;

namespace GnMlNet.Balls.Matrices;

/// <summary>Iterative refinement with exact residuals, and the bounds on what it finds.</summary>
/// <remarks>
/// With F = I - X^T H X, |F|_2 &lt;= delta &lt; 1, the error of any x' with the residual r = b - H x' is x - x' = H^-1 r = X (I - F)^-1 X^T r. So
/// |x - x'|_i &lt;= |row i of X|_2 |X^T r|_2/(1 - delta), and |x - x'|_2 &lt;= |r|_2/lambda_min. A step adds X X^T r; written as X u, the error then becomes X F u.
/// Radii: r = b0 - H0 x' + (b - b0) - E x' with |E_ij| &lt;= sqrt(r_i) sqrt(r_j), and |X^T y|_2 &lt;= sum_i |row i of X|_2 |y_i| for any y.
/// </remarks>
internal sealed class SolutionRefinement
{
    // Beyond the bits asked for and half of those of the condition number, which |X| |X^T r| costs: rounding x' must not show in the bound.
    private const int GuardBits = 12;

    // Of the residual, what a step corrects.
    private const int StepBits = 80;

    private readonly SymmetricBall _matrix;
    private readonly SpectrumProof _proof;
    private readonly IntegerMatrix _inverse;
    private readonly IntegerMatrix _transposed;
    private readonly long _inverseExponent;
    private readonly Magnitude[] _rowNorms;
    private readonly Magnitude[] _radiusRoots;
    private readonly int _guardBits;

    /// <summary>For the matrices within a ball, of which something is proved.</summary>
    public SolutionRefinement(SymmetricBall matrix, SpectrumProof proof)
    {
        (_matrix, _proof, _inverse, _inverseExponent) = (matrix, proof, proof.Certificate!.Inverse, proof.Certificate.Exponent);
        _transposed = _inverse.Transpose();
        var sizes = new EntrySizes(_inverse, _inverseExponent);
        _rowNorms = [.. Enumerable.Range(0, matrix.Size).Select(sizes.RowNorm)];
        _radiusRoots = [.. matrix.Radii.ToArray().Select(radius => radius.SquareRoot())];
        long conditionBits = matrix.NormBound().Exponent + 2 - proof.Bound.Lower.TopExponent;
        _guardBits = (int)Math.Clamp((conditionBits + 1) / 2, 0, 1 << 20) + GuardBits;
    }

    public CertifiedSolution Solve(BallMatrix rightSide, int bits)
    {
        var columns = new SolutionColumn[rightSide.Columns];
        for (int j = 0; j < columns.Length; j++) columns[j] = Solve(rightSide, j, bits);

        // One exponent for all columns, the least.
        long exponent = columns.Min(column => column.Exponent);
        var entries = new BigInteger[_matrix.Size * columns.Length];
        var radii = new Magnitude[_matrix.Size];
        for (int i = 0; i < radii.Length; i++)
        {
            for (int j = 0; j < columns.Length; j++)
            {
                entries[(i * columns.Length) + j] = columns[j].Entries[i] << checked((int)(columns[j].Exponent - exponent));
                radii[i] = Magnitude.Max(radii[i], RadiusAt(i, columns[j]));
            }
        }

        var midpoint = IntegerMatrix.FromEntries(radii.Length, columns.Length, entries);
        return new CertifiedSolution(_proof.Bound, new BallMatrix(midpoint, exponent, radii, RadiusSide.Rows), [.. columns.Select(column => column.Distance)]);
    }

    /// <summary>The bounds on the error of an approximate solution entries * 2^exponent for one column of the right side, wherever it comes from.</summary>
    public SolutionColumn Enclose(BallMatrix rightSide, int column, BigInteger[] entries, long exponent)
    {
        var current = new SolutionColumn(entries, exponent, Magnitude.Infinity, Magnitude.Infinity);
        return Enclose(current, Column(rightSide, column), Radii(rightSide, column), rightSide.Exponent, out _, out _);
    }

    /// <summary>A bound on the error of one entry.</summary>
    public Magnitude RadiusAt(int row, SolutionColumn column) => Magnitude.Min(_rowNorms[row] * column.RowFactor, column.Distance);

    private SolutionColumn Solve(BallMatrix rightSide, int column, int bits)
    {
        BigInteger[] right = Column(rightSide, column);
        Magnitude[] radii = Radii(rightSide, column);
        SolutionColumn? best = null;
        var current = new SolutionColumn(new BigInteger[right.Length], 0, Magnitude.Infinity, Magnitude.Infinity);
        while (true)
        {
            current = Enclose(current, right, radii, rightSide.Exponent, out BigInteger[] image, out long imageExponent);
            bool hasGained = best is null || current.Distance << 1 < best.Distance;
            if (best is null || current.Distance < best.Distance) best = current;
            if (!hasGained || current.Distance << bits <= current.Norm) return best;
            BigInteger[] step = ExactProduct.TransposeMultiply(_transposed, image);
            current = Add(current, step, checked(imageExponent + _inverseExponent - _proof.Shift), bits + _guardBits);
        }
    }

    private static BigInteger[] Column(BallMatrix matrix, int column) => matrix.Midpoint.Block(0, column, matrix.Rows, 1).ToEntries();

    private static Magnitude[] Radii(BallMatrix matrix, int column) => [.. Enumerable.Range(0, matrix.Rows).Select(i => matrix.RadiusAt(i, column))];

    // The bounds, and X^T times the leading bits of the residual.
    private SolutionColumn Enclose(SolutionColumn current, BigInteger[] right, Magnitude[] radii, long rightExponent, out BigInteger[] image, out long imageExponent)
    {
        (BigInteger[] residual, long exponent) = Residual(right, rightExponent, current);
        int dropped = (int)Math.Max(0, residual.Max(entry => entry.GetBitLength()) - StepBits);
        BigInteger[] leading = Array.ConvertAll(residual, entry => entry >> dropped);
        exponent = checked(exponent + dropped);
        (image, imageExponent) = (ExactProduct.TransposeMultiply(_inverse, leading), checked(exponent + _inverseExponent));

        // |y_i| of all that the leading bits leave out, less than one unit of the last.
        Magnitude rounding = dropped > 0 ? Magnitude.PowerOfTwo(exponent) : Magnitude.Zero, product = Magnitude.Zero;
        for (int k = 0; k < _radiusRoots.Length; k++)
        {
            if (!_radiusRoots[k].IsZero) product += _radiusRoots[k] * (Magnitude.Of(current.Entries[k]) << current.Exponent);
        }

        Magnitude[] rest = [.. radii.Select((radius, i) => radius + rounding + (_radiusRoots[i] * product))];
        Magnitude imageNorm = Norm(Array.ConvertAll(image, Magnitude.Of)) << imageExponent, residualNorm = (Norm(Array.ConvertAll(leading, Magnitude.Of)) << exponent) + Norm(rest);
        for (int i = 0; i < rest.Length; i++) imageNorm += _rowNorms[i] * rest[i];
        Magnitude rowFactor = (imageNorm / Below(Dyadic.One - _proof.Certificate!.Defect.ToDyadic())) << -_proof.Shift;
        return current with { RowFactor = rowFactor, Distance = Magnitude.Min(residualNorm / Below(_proof.Bound.Lower), Norm(_rowNorms) * rowFactor) };
    }

    // b0 - H0 x', exactly.
    private (BigInteger[] Residual, long Exponent) Residual(BigInteger[] right, long rightExponent, SolutionColumn current)
    {
        if (current.IsZero) return (right, rightExponent);
        BigInteger[] image = ExactProduct.TransposeMultiply(_matrix.Midpoint, current.Entries);
        long imageExponent = checked(_matrix.Exponent + current.Exponent), exponent = Math.Min(rightExponent, imageExponent);
        int rightShift = checked((int)(rightExponent - exponent)), imageShift = checked((int)(imageExponent - exponent));
        var residual = new BigInteger[right.Length];
        for (int i = 0; i < residual.Length; i++) residual[i] = (right[i] << rightShift) - (image[i] << imageShift);
        return (residual, exponent);
    }

    // x' plus the step, on a scale that keeps so many bits of the first step.
    private static SolutionColumn Add(SolutionColumn current, BigInteger[] step, long stepExponent, int bits)
    {
        bool isFirst = current.IsZero;
        long exponent = isFirst ? checked(stepExponent + step.Max(entry => entry.GetBitLength()) - bits) : current.Exponent;
        var entries = new BigInteger[step.Length];
        int shift = checked((int)(stepExponent - exponent));
        for (int i = 0; i < entries.Length; i++)
        {
            BigInteger added = shift >= 0 ? step[i] << shift : (step[i] + (BigInteger.One << (-shift - 1))) >> -shift;
            entries[i] = current.Entries[i] + added;
        }

        return new SolutionColumn(entries, exponent, Magnitude.Infinity, Magnitude.Infinity);
    }

    private static Magnitude Norm(Magnitude[] values)
    {
        Magnitude sum = Magnitude.Zero;
        foreach (Magnitude value in values) sum += value * value;
        return sum.SquareRoot();
    }

    // A positive number from below, which may be divided by.
    private static Magnitude Below(Dyadic value) => Magnitude.Of(value.Truncate(53));
}
