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
        var triangle = ScaledIntegers.Of(1, computed.LeverageTriangle.Length, [.. computed.LeverageTriangle.Select(entry => (double)entry)]);
        ScaledIntegers jacobian = point.Jacobian.Values;
        Magnitude[] errors = [.. Enumerable.Range(0, jacobian.Columns).Select(a => point.Jacobian.ColumnErrors[a])];
        TriangularForm[] forms =
        [
            .. computed.LeverageRows.Select(row => TriangularForm.Of(triangle, [.. Enumerable.Range(0, jacobian.Columns).Select(a => jacobian[row, a])], jacobian.Exponent, errors, SingleUnit)),
        ];
        Dyadic[] exact = [.. forms.Select(form => form.Value)];
        Magnitude all = Norms.Euclidean([.. forms.Select(form => form.Error)]);
        double promised = Math.Sqrt(forms.Sum(form => form.Promised * form.Promised));
        return CertifiedError.Of(CheckedQuantity.Leverage, Norms.Distance(computed.Leverages!, exact), all, BelowNorm.MagnitudeOf(Norms.Euclidean(exact), all), promised);
    }
}
