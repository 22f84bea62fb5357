namespace GnMlNet.Balls.Matrices;

/// <summary>
/// A symmetric system S s = b known up to errors: S = Matrix + Delta with |Delta| &lt;= <see cref="MatrixError"/> in the spectral norm, b = <see cref="Right"/> + delta with
/// |delta_i| &lt;= <see cref="RightErrors"/>. How Matrix is held is the business of the systems that derive from this.
/// </summary>
internal abstract class EnclosedSystem
{
    private protected EnclosedSystem(Magnitude matrixError, Dyadic[] right, Magnitude[] rightErrors) => (MatrixError, Right, RightErrors) = (matrixError, right, rightErrors);

    /// <summary>A bound on the spectral norm of what Matrix misses.</summary>
    public Magnitude MatrixError { get; }

    /// <summary>p exact numbers.</summary>
    public Dyadic[] Right { get; }

    /// <summary>A bound on what each of them misses.</summary>
    public Magnitude[] RightErrors { get; }

    public int Size => Right.Length;

    public Magnitude RightError => Norms.Euclidean(RightErrors);

    /// <summary>At least the Frobenius norm of Matrix.</summary>
    public abstract Magnitude FrobeniusNorm { get; }

    /// <summary>A proven lower bound of lambda_min(S), or null where none is found.</summary>
    public abstract Dyadic? SmallestEigenvalue();

    /// <summary>Matrix times an exact vector, exactly.</summary>
    public abstract Dyadic[] Multiply(Dyadic[] vector);

    /// <summary>An approximate solution for any right side, or null where there is no factor. No guarantee.</summary>
    public abstract Dyadic[]? ApproximateSolve(Dyadic[] right);

    /// <summary>What a solver in double finds; what is not finite becomes zero.</summary>
    private protected static Dyadic[]? InDoubles(Dyadic[] right, Func<double[], double[]?> solve)
    {
        // Scaled to about 1, so that tiny residuals of late refinements stay within the range of doubles.
        long scale = right.Where(entry => !entry.IsZero).Select(entry => entry.TopExponent).DefaultIfEmpty(0).Max();
        double[]? solution = solve([.. right.Select(entry => (entry << -scale).ToDouble())]);
        return solution is null ? null : [.. solution.Select(entry => double.IsFinite(entry) ? Dyadic.FromDouble(entry) << scale : Dyadic.Zero)];
    }
}
