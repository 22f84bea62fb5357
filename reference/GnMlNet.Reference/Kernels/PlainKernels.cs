namespace GnMlNet.Reference.Kernels;

/// <summary>The operations straight from their definitions on big integers: slow, short, and what certificates are checked with.</summary>
internal sealed class PlainKernels : ExactKernels
{
    internal static PlainKernels Instance { get; } = new();

    internal override (ulong TanhUnits, ulong SlopeUnits) Tanh(ReadOnlySpan<BigInteger> arguments, int fractionBits, Span<BigInteger> tanh, Span<BigInteger> slope)
    {
        for (int k = 0; k < arguments.Length; k++) (tanh[k], slope[k]) = CertifiedTanh.Evaluate(arguments[k], fractionBits);
        return (CertifiedTanh.Bound, CertifiedTanh.Bound);
    }

    internal override BigInteger[] SymmetricProduct(BigInteger[] a, BigInteger[] b, int rows, int columns)
    {
        var product = new BigInteger[columns * columns];
        for (int i = 0; i < columns; i++)
        {
            for (int k = 0; k <= i; k++)
            {
                BigInteger sum = BigInteger.Zero;
                for (int j = 0; j < rows; j++) sum += a[(j * columns) + i] * b[(j * columns) + k];
                product[(i * columns) + k] = product[(k * columns) + i] = sum;
            }
        }

        return product;
    }
}
