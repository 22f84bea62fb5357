using GnMlNet.Reference.Systems;

namespace GnMlNet.Reference.CrossChecks;

/// <summary>
/// The certified error of a network's leverage |T j|^2 at some rows: the numbers of T are taken as exact, and the derivatives j are enclosed. The fast path rounds j to single precision and sums in it.
/// </summary>
/// <remarks>docs/crosscheck.md, "Intervals of predictions".</remarks>
internal static class LeverageFigure
{
    private const double SingleUnit = 1.0 / (1L << 24);

    internal static CertifiedError Of(ComputedValues computed, EnclosedPoint point)
    {
        int size = point.Jacobian.Values.Columns, count = computed.LeverageRows.Length;
        var triangle = ScaledIntegers.Of(1, computed.LeverageTriangle.Length, [.. computed.LeverageTriangle.Select(entry => (double)entry)]);
        var exact = new Dyadic[count];
        var widths = new Magnitude[count];
        double promised = 0;
        for (int k = 0; k < count; k++)
        {
            int row = computed.LeverageRows[k];
            Dyadic square = Dyadic.Zero;
            double sizes = 0, norm = 0;
            Magnitude width = Magnitude.Zero;
            for (int i = 0, at = 0; i < size; i++)
            {
                BigInteger sum = BigInteger.Zero, absolute = BigInteger.Zero;
                Magnitude error = Magnitude.Zero;
                for (int a = 0; a <= i; a++, at++)
                {
                    BigInteger term = triangle.Values[at] * point.Jacobian.Values[row, a];
                    sum += term;
                    absolute += BigInteger.Abs(term);
                    error += (Magnitude.Of(triangle.Values[at]) << triangle.Exponent) * point.Jacobian.ColumnErrors[a];
                }

                long exponent = triangle.Exponent + point.Jacobian.Values.Exponent;
                var product = new Dyadic(sum, exponent);
                square += product * product;
                width += error * ((Magnitude.Of(product) << 1) + error);
                // j is rounded once, and so are i + 1 products and sums; the double that j is rounded from is far closer.
                double lost = (i + 4) * SingleUnit * new Dyadic(absolute, exponent).ToDouble(), entry = product.ToDouble();
                norm += entry * entry;
                sizes += (2 * Math.Abs(entry) * lost) + (lost * lost);
            }

            (exact[k], widths[k]) = (square, width);
            double ofRow = sizes + ((size + 2) * SingleUnit * (norm + sizes));
            promised += ofRow * ofRow;
        }

        Magnitude all = Norms.Euclidean(widths);
        return CertifiedError.Of(CheckedQuantity.Leverage, Norms.Distance(computed.Leverages!, exact), all, BelowNorm.MagnitudeOf(Norms.Euclidean(exact), all), Math.Sqrt(promised));
    }
}
