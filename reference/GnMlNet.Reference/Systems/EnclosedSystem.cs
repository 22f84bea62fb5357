using GnMlNet.Balls;
using GnMlNet.Reference.Numbers;

namespace GnMlNet.Reference.Systems;

/// <summary>
/// A symmetric system S s = b known up to errors: S = Matrix + Delta with |Delta| &lt;= <see cref="MatrixError"/> in the spectral norm, b = <see cref="Right"/> + delta with
/// |delta_i| &lt;= <see cref="RightErrors"/>. How Matrix is held is the business of the systems that derive from this.
/// </summary>
internal abstract class EnclosedSystem
{
    private protected EnclosedSystem(Magnitude matrixError, Dyadic[] right, Magnitude[] rightErrors) => (MatrixError, Right, RightErrors) = (matrixError, right, rightErrors);

    /// <summary>A bound on the spectral norm of what Matrix misses.</summary>
    internal Magnitude MatrixError { get; }

    /// <summary>p exact numbers.</summary>
    internal Dyadic[] Right { get; }

    /// <summary>A bound on what each of them misses.</summary>
    internal Magnitude[] RightErrors { get; }

    internal int Size => Right.Length;

    internal Magnitude RightError => Norms.Euclidean(RightErrors);

    /// <summary>At least the Frobenius norm of Matrix.</summary>
    internal abstract Magnitude FrobeniusNorm { get; }

    /// <summary>A proven lower bound of lambda_min(S), or null where none is found.</summary>
    internal abstract Dyadic? SmallestEigenvalue();

    /// <summary>Matrix times an exact vector, exactly.</summary>
    internal abstract Dyadic[] Multiply(Dyadic[] vector);

    /// <summary>An approximate solution for a right side given in double, or null where the system cannot be solved in double. No guarantee.</summary>
    internal abstract double[]? ApproximateSolve(double[] right);
}
