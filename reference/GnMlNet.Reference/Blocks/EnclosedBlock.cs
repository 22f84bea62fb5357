namespace GnMlNet.Reference.Blocks;

/// <summary>A block in exact arithmetic: its matrix, the solution of its equations, and what follows from the inverse, enclosed.</summary>
/// <remarks>docs/crosscheck.md, "Kernel blocks", has the derivations.</remarks>
internal sealed class EnclosedBlock
{
    // Beyond this share of a figure more places change nothing that a double shows.
    private const int EnoughPlaces = 70;

    private const int MostBits = 1024;

    // A refinement gains at least these bits; with fewer, more digits in the factor pay.
    private const int LeastGain = 5;

    private readonly RecordedBlock _block;
    private readonly BlockKernel _kernel;
    private readonly SymmetricBall _matrix;
    private readonly SpectrumProof _proof;
    private readonly Lazy<InverseForms> _inverse;
    private readonly Lazy<Ball[]> _leftOutResiduals;

    private EnclosedBlock(RecordedBlock block, int bits)
    {
        (_block, Bits) = (block, bits);
        _kernel = new BlockKernel(block, bits);
        _matrix = SymmetricBall.From(MatrixOf(block, _kernel));
        _proof = ProofOf(_matrix, bits);
        Solution = _proof.Certificate is null ? null : CertifiedSolution.Of(_matrix, _proof, LabelsOf(block), bits);
        _inverse = new(() => new InverseForms(_matrix, _proof));
        _leftOutResiduals = new(() => [.. Coefficients().Zip(_inverse.Value.Diagonal(), (a, inverse) => Ball.Divide(a, inverse, Bits))]);
    }

    /// <summary>The places below the leading one of k(x, x).</summary>
    public int Bits { get; }

    /// <summary>Whether C is positive definite.</summary>
    public Verdict IsPositiveDefinite => _proof.Bound.IsPositiveDefinite;

    /// <summary>Encloses a, n x 1, in its entries and, closer, in its norm; null where C is not proved to be positive definite.</summary>
    public CertifiedSolution? Solution { get; }

    /// <summary>Evaluates a block with as many places as its equations take, from the given ones to 1024.</summary>
    /// <exception cref="ArgumentException">The numbers make no block.</exception>
    public static EnclosedBlock Of(RecordedBlock block, int bits)
    {
        block.Checked();
        for (; ; bits *= 2)
        {
            var enclosed = new EnclosedBlock(block, bits);
            bool isDecided = enclosed.Solution is not null || enclosed.IsPositiveDefinite == Verdict.Refuted;
            if (2 * bits > MostBits || (isDecided && enclosed.IsFine)) return enclosed;
        }
    }

    /// <summary>Contains each a_i.</summary>
    public Ball[] Coefficients() => [.. Enumerable.Range(0, _block.RowCount).Select(i => new Ball(Solution!.Solution!.MidpointAt(i, 0), Solution.Solution.Radii[i]))];

    /// <summary>Contains each label less the prediction of the block of all other rows: a_i/(C⁻¹)_ii.</summary>
    public Ball[] LeftOutResiduals() => _leftOutResiduals.Value;

    /// <summary>Contains the prediction of each row by the block of all other rows.</summary>
    public Ball[] LeftOutPredictions() => [.. LeftOutResiduals().Select((residual, i) => Ball.Subtract(Ball.Exact(_block.Labels[i]), residual, Bits))];

    /// <summary>Contains k_xᵀa and, if asked for, k(x, x) - k_xᵀ C⁻¹ k_x at each of q further rows.</summary>
    public (Ball[] Predictions, Ball[] Variances) At(double[] rows, bool withVariances = true)
    {
        (ScaledIntegers columns, Magnitude error) = _kernel.Cross(rows);
        Magnitude columnError = error * Magnitude.Of((double)columns.Rows).SquareRoot();
        Ball[] variances = !withVariances ? [] : [.. _inverse.Value.Of(columns, columnError).Select(form => Ball.Subtract(Ball.Exact(_kernel.Diagonal), form, Bits))];
        Dyadic[] a = [.. Coefficients().Select(entry => entry.Midpoint)];
        Magnitude distance = Solution!.Distances[0], size = Norms.Euclidean(a) + distance;
        Ball[] predictions = [.. Enumerable.Range(0, columns.Columns).Select(j => new Ball(
            a.Select((entry, i) => columns.At(i, j) * entry).Aggregate((sum, term) => sum + term),
            (columnError * size) + (columns.ColumnNorm(j) * distance)))];
        return (predictions, variances);
    }

    /// <summary>Contains |v - a|.</summary>
    public Ball DistanceOf(double[] vector)
    {
        Dyadic[] difference = [.. vector.Select((entry, i) => Dyadic.FromDouble(entry) - Solution!.Solution!.MidpointAt(i, 0))];
        return Norm(difference, Solution!.Distances[0]);
    }

    /// <summary>Contains |a|.</summary>
    public Ball Size() => Norm([.. Coefficients().Select(entry => entry.Midpoint)], Solution!.Distances[0]);

    /// <summary>Contains |y - C v|.</summary>
    public Ball ResidualOf(double[] vector)
    {
        ScaledIntegers x = ScaledIntegers.Of(vector.Length, 1, vector);
        BigInteger[] image = ExactProduct.TransposeMultiply(_matrix.Midpoint, x.Values);
        return Norm([.. image.Select((entry, i) => Dyadic.FromDouble(_block.Labels[i]) - new Dyadic(entry, _matrix.Exponent + x.Exponent))], _matrix.RadiusNorm * Norms.Euclidean(x.ToDyadics()));
    }

    /// <summary>Contains |v|.</summary>
    public Ball SizeOf(double[] vector) => Norm([.. vector.Select(Dyadic.FromDouble)], Magnitude.Zero);

    /// <summary>Contains the smallest and the largest eigenvalue of C.</summary>
    public (Ball Smallest, Ball Largest) Eigenvalues() => (
        new EigenvalueBound(_proof.Bound.Lower, _proof.Bound.Upper).ToBall(),
        LargestEigenvalue.Bound(new BallMatrix(_matrix.Midpoint, _matrix.Exponent, _matrix.Radii)).ToBall());

    // The width of a must be invisible beside a double.
    private bool IsFine => Solution is null || Solution.Distances[0] << EnoughPlaces < Norms.Euclidean(Coefficients().Select(entry => entry.Midpoint)) || Array.TrueForAll(_block.Labels, label => label == 0);

    // More bits than the matrix is known to prove no more.
    private static SpectrumProof ProofOf(SymmetricBall matrix, int bits)
    {
        SpectrumProof? best = null;
        foreach (SpectrumProof proof in SmallestEigenvalue.Proofs(matrix, bits))
        {
            if (best?.Certificate is null || proof.Certificate is not null) best = proof;
            if (proof.Bound.IsPositiveDefinite == Verdict.Refuted || (proof.Certificate is { } found && found.Defect <= Magnitude.PowerOfTwo(-LeastGain))) break;
        }

        return best!;
    }

    private static BallMatrix MatrixOf(RecordedBlock block, BlockKernel kernel)
    {
        (ScaledIntegers values, Magnitude error) = kernel.Square();
        var noise = Ball.Exact(block.NoiseVariance);
        var radii = new Magnitude[block.RowCount];
        for (int j = 0; j < radii.Length; j++)
        {
            Ball share = Ball.Add(Ball.Divide(noise, Ball.Exact(block.RowWeights[j]), kernel.Bits), Ball.Exact(block.Jitter), kernel.Bits);
            Dyadic rounded = share.Midpoint.RoundTo(kernel.Exponent);
            values[j, j] += new ScaledIntegers(1, 1, rounded.Exponent, [rounded.Mantissa]).RoundTo(kernel.Exponent).Values[0];
            radii[j] = error + share.Radius + Magnitude.Of(share.Midpoint - rounded);
        }

        return new BallMatrix(values.ToMatrix(), values.Exponent, radii);
    }

    private static BallMatrix LabelsOf(RecordedBlock block)
    {
        ScaledIntegers labels = ScaledIntegers.Of(block.RowCount, 1, block.Labels);
        return BallMatrix.Exact(labels.ToMatrix(), labels.Exponent);
    }

    // Of all vectors within an error of the given one.
    private Ball Norm(Dyadic[] entries, Magnitude error)
    {
        Dyadic square = entries.Aggregate(Dyadic.Zero, (sum, entry) => sum + (entry * entry));
        Ball norm = Ball.Sqrt(Ball.Exact(square), Bits);
        return new Ball(norm.Midpoint, norm.Radius + error);
    }
}
