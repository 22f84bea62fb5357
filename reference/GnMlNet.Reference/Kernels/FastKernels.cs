namespace GnMlNet.Reference.Kernels;

/// <summary>The operations on the fast kernels of the balls: tanh on 64-bit limbs with its proven bounds, exact products by residues.</summary>
internal sealed class FastKernels : ExactKernels
{
    internal static FastKernels Instance { get; } = new();

    internal override (ulong TanhUnits, ulong SlopeUnits) Tanh(ReadOnlySpan<BigInteger> arguments, int fractionBits, Span<BigInteger> tanh, Span<BigInteger> slope) =>
        FixedPointTanh.For(fractionBits).Evaluate(arguments, tanh, slope);

    internal override BigInteger[] SymmetricProduct(BigInteger[] a, BigInteger[] b, int rows, int columns) => ExactProduct.SymmetricTransposeMultiply(a, b, rows, columns);
}
