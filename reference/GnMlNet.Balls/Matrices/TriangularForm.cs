namespace GnMlNet.Balls.Matrices;

/// <summary>|T v|^2 for a lower triangle T of exact numbers and an enclosed vector v, and how far floating-point arithmetic may be from it.</summary>
/// <param name="Value">|T v|^2 at the middle of v.</param>
/// <param name="Error">What all other v within change.</param>
/// <param name="Promised">To first order in the unit roundoff, at most the error of a computed one.</param>
/// <remarks>docs/crosscheck.md, "Intervals of predictions".</remarks>
internal readonly record struct TriangularForm(Dyadic Value, Magnitude Error, double Promised)
{
    /// <param name="triangle">T, size (size + 1)/2 numbers, row by row.</param>
    /// <param name="values">v.</param>
    /// <param name="exponent">Of which power of two its numbers are multiples.</param>
    /// <param name="errors">How far each of them can be from these.</param>
    /// <param name="unit">The unit roundoff of the arithmetic that it was computed in.</param>
    /// <param name="inputError">How far each number of v may be off there, beyond some roundings of itself.</param>
    internal static TriangularForm Of(ScaledIntegers triangle, ReadOnlySpan<BigInteger> values, long exponent, ReadOnlySpan<Magnitude> errors, double unit, double inputError = 0)
    {
        Dyadic square = Dyadic.Zero;
        Magnitude width = Magnitude.Zero;
        double sizes = 0, norm = 0;
        for (int i = 0, at = 0; i < values.Length; i++)
        {
            BigInteger sum = BigInteger.Zero, absolute = BigInteger.Zero, entries = BigInteger.Zero;
            Magnitude error = Magnitude.Zero;
            for (int a = 0; a <= i; a++, at++)
            {
                BigInteger term = triangle.Values[at] * values[a];
                sum += term;
                absolute += BigInteger.Abs(term);
                entries += BigInteger.Abs(triangle.Values[at]);
                if (!errors[a].IsZero) error += (Magnitude.Of(triangle.Values[at]) << triangle.Exponent) * errors[a];
            }

            long place = triangle.Exponent + exponent;
            var product = new Dyadic(sum, place);
            square += product * product;
            width += error * ((Magnitude.Of(product) << 1) + error);
            // v is rounded up to three times, and so are i + 1 products and sums.
            double lost = ((i + 4) * unit * new Dyadic(absolute, place).ToDouble()) + (inputError * new Dyadic(entries, triangle.Exponent).ToDouble()), entry = product.ToDouble();
            norm += entry * entry;
            sizes += (2 * Math.Abs(entry) * lost) + (lost * lost);
        }

        return new TriangularForm(square, width, sizes + ((values.Length + 2) * unit * (norm + sizes)));
    }
}
