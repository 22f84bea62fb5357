namespace GnMlNet.Reference.Kernels;

/// <summary>The two operations that nearly all time goes into, as exact or certified as everything else.</summary>
internal abstract class ExactKernels
{
    /// <summary>tanh and sech^2 of arguments that are multiples of 2^-F, as multiples of 2^-F.</summary>
    /// <returns>Bounds on the errors of all tanh and of all slopes, in units of 2^-F.</returns>
    internal abstract (ulong TanhUnits, ulong SlopeUnits) Tanh(ReadOnlySpan<BigInteger> arguments, int fractionBits, Span<BigInteger> tanh, Span<BigInteger> slope);

    /// <summary>A^T B, exactly; both have as many rows, and the product is known to be symmetric.</summary>
    internal abstract BigInteger[] SymmetricProduct(BigInteger[] a, BigInteger[] b, int rows, int columns);
}
