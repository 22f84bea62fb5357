namespace GnMlNet.Balls.Matrices;

/// <summary>The systems H x = b for every symmetric H within a ball that is proved to be positive definite, and every b within a column of another.</summary>
/// <remarks>docs/exact-matrices.md, "Solutions", derives the bounds.</remarks>
internal sealed class BallSystem : EnclosedSystem
{
    // Of residuals and steps: far more than a step gains.
    private const int StepBits = 128;

    private readonly SymmetricBall _matrix;
    private readonly SpectrumProof _proof;
    private readonly InverseFactorCertificate _certificate;
    private readonly EntrySizes _inverseSizes;
    private readonly Magnitude[] _radiusRoots;

    /// <param name="matrix">H.</param>
    /// <param name="proof">What is proved of it, with a certificate.</param>
    /// <param name="rightSide">Right sides.</param>
    /// <param name="column">Which of them is b.</param>
    public BallSystem(SymmetricBall matrix, SpectrumProof proof, BallMatrix rightSide, int column)
        : base(
            matrix.RadiusNorm,
            [.. Enumerable.Range(0, matrix.Size).Select(i => rightSide.MidpointAt(i, column))],
            [.. Enumerable.Range(0, matrix.Size).Select(i => rightSide.Radii[i])])
    {
        (_matrix, _proof, _certificate) = (matrix, proof, proof.Certificate!);
        _inverseSizes = new EntrySizes(_certificate.Inverse, _certificate.Exponent);
        _radiusRoots = [.. matrix.Radii.ToArray().Select(radius => radius.SquareRoot())];
    }

    public override Magnitude FrobeniusNorm => new EntrySizes(_matrix.Midpoint, _matrix.Exponent).FrobeniusNorm();

    public override Dyadic? SmallestEigenvalue() => _proof.Bound.Lower;

    public override Dyadic[] Multiply(Dyadic[] vector)
    {
        ScaledIntegers x = ScaledIntegers.Of(vector);
        // The midpoint is its own transpose.
        return [.. ExactProduct.TransposeMultiply(_matrix.Midpoint, x.Values).Select(entry => new Dyadic(entry, checked(_matrix.Exponent + x.Exponent)))];
    }

    /// <summary>X X^T b.</summary>
    public override Dyadic[] ApproximateSolve(Dyadic[] right)
    {
        ScaledIntegers b = ScaledIntegers.Of(right).KeepBits(StepBits).Table;
        var image = IntegerMatrix.FromEntries(Size, 1, ExactProduct.TransposeMultiply(_certificate.Inverse, b.Values));
        var step = new ScaledIntegers(Size, 1, checked(b.Exponent + (2 * _certificate.Exponent) - _proof.Shift), ExactProduct.Multiply(_certificate.Inverse, image).ToEntries());
        return step.KeepBits(StepBits).Table.ToDyadics();
    }

    /// <summary>Bounds on the error of any approximate solution: of its Euclidean norm, and of every entry.</summary>
    public (Magnitude Distance, Magnitude[] Radii) Bounds(Dyadic[] approximation)
    {
        ScaledIntegers residual = ScaledIntegers.Of(SolutionEnclosure.Residual(this, approximation));
        BigInteger[] image = ExactProduct.TransposeMultiply(_certificate.Inverse, residual.Values);
        Magnitude product = Magnitude.Zero, imageNorm = Norms.Euclidean(image.Select(Magnitude.Of)) << checked(residual.Exponent + _certificate.Exponent);
        for (int k = 0; k < Size; k++) product += _radiusRoots[k] * Magnitude.Of(approximation[k]);

        // y_i and rho_i.
        Magnitude[] rest = [.. RightErrors.Select((error, i) => error + (_radiusRoots[i] * product))], rowNorms = [.. Enumerable.Range(0, Size).Select(_inverseSizes.RowNorm)];
        for (int i = 0; i < Size; i++) imageNorm += rowNorms[i] * rest[i];
        Magnitude factor = (imageNorm / (Dyadic.One - _certificate.Defect.ToDyadic()).LowerMagnitude()) << -_proof.Shift;
        Magnitude distance = Magnitude.Min((residual.FrobeniusNorm() + Norms.Euclidean(rest)) / _proof.Bound.Lower.LowerMagnitude(), Norms.Euclidean(rowNorms) * factor);
        return (distance, [.. rowNorms.Select(norm => Magnitude.Min(norm * factor, distance))]);
    }
}
