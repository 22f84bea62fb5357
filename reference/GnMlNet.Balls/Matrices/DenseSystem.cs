namespace GnMlNet.Balls.Matrices;

/// <summary>A system whose matrix, p x p, is written out.</summary>
internal sealed class DenseSystem : EnclosedSystem
{
    // Condition numbers of 1e24 and beyond; a matrix that is singular is given up then.
    private const int MostBits = 512;

    private readonly Dyadic _atLeast;
    private readonly Lazy<DoubleCholesky?> _factorization;
    private readonly Lazy<(Dyadic Lower, MultiDigitSolver Solver)?> _beyondDouble;

    /// <param name="matrix">Matrix.</param>
    /// <param name="matrixError">A bound on the spectral norm of what it misses.</param>
    /// <param name="right">b, approximately.</param>
    /// <param name="rightErrors">A bound on what each entry misses.</param>
    /// <param name="atLeast">A lower bound of lambda_min(S) that is known otherwise; 0 for a Gram matrix with nothing added.</param>
    public DenseSystem(ScaledIntegers matrix, Magnitude matrixError, Dyadic[] right, Magnitude[] rightErrors, Dyadic atLeast) : base(matrixError, right, rightErrors)
    {
        (Matrix, _atLeast) = (matrix, atLeast);
        _factorization = new(() => DoubleCholesky.TryFactor(matrix));
        _beyondDouble = new(() => MultiDigitSolver.TryFactor(matrix, MostBits));
    }

    public ScaledIntegers Matrix { get; }

    public override Magnitude FrobeniusNorm => Matrix.FrobeniusNorm();

    public override Dyadic? SmallestEigenvalue()
    {
        // Weyl: lambda_min(S) >= lambda_min(Matrix) - |Delta|.
        if (DoubleCholesky.LowerBound(Matrix) is { } lower && lower - MatrixError.ToDyadic() is { Sign: > 0 } bound && bound > _atLeast) return bound;
        if (_atLeast.Sign > 0) return _atLeast;
        return _beyondDouble.Value is { } found && found.Lower - MatrixError.ToDyadic() is { Sign: > 0 } better ? better : null;
    }

    public override Dyadic[] Multiply(Dyadic[] vector) => Matrix.Times(ScaledIntegers.Of(vector)).ToDyadics();

    public override Dyadic[]? ApproximateSolve(Dyadic[] right) => InDoubles(right, SolveInDoubles);

    /// <summary>An approximate solution for a right side given in double, or null where the system cannot be solved in double. No guarantee.</summary>
    public double[]? SolveInDoubles(double[] right) =>
        _beyondDouble.IsValueCreated && _beyondDouble.Value is { } found ? found.Solver.Solve(right) : _factorization.Value?.Solve(right);
}
