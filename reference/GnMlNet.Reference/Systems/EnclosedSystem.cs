using GnMlNet.Balls;
using GnMlNet.Reference.Numbers;

namespace GnMlNet.Reference.Systems;

/// <summary>
/// A symmetric system S s = b known up to errors: S = Matrix + Delta with |Delta| &lt;= MatrixError in the spectral norm, b = Right + delta with |delta| &lt;= RightError.
/// </summary>
/// <param name="Matrix">p x p exact numbers, symmetric.</param>
/// <param name="MatrixError">A bound on the spectral norm of what is missing.</param>
/// <param name="EntryErrors">A bound on each missing entry, row by row.</param>
/// <param name="Right">p exact numbers.</param>
/// <param name="RightErrors">A bound on each missing entry.</param>
internal sealed record EnclosedSystem(ScaledIntegers Matrix, Magnitude MatrixError, Magnitude[] EntryErrors, Dyadic[] Right, Magnitude[] RightErrors)
{
    internal int Size => Right.Length;

    internal Magnitude RightError => Norms.Euclidean(RightErrors);
}
